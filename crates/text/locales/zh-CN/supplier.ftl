# 供应商、我们在其处享有的权益、顾问。

## 审核日志中的说法

deed-supplier-add = 已添加供应商
deed-supplier-change = 已更改供应商
deed-supplier-offering-add = 已添加供应商的服务
deed-supplier-offering-change = 已更改供应商的服务
deed-entitlement-add = 已录入供应商合同
deed-entitlement-change = 已更改供应商合同
deed-contract-read = 已查看合同编号
deed-wallet-grant = 已增加额度
deed-wallet-consume = 额度已在别处使用
deed-wallet-refund = 额度已退回
deed-standing-change = 已更改自身在 Microsoft 的资格

## 可能出现的问题

problem-none-left = 该额度账户已无剩余。
problem-case-spent = 该案例已退回其额度。重新尝试请使用新的案例。
problem-case-elsewhere = 该案例属于另一个额度账户。
problem-not-held = 该案例未占用额度。
problem-not-consumed = 该案例未使用额度。
problem-not-counted = 该合同不计次数，因此无法增加额度。
problem-not-a-count = 请填写 1 到 1,000,000 之间的整数。
problem-contract-expired = 该合同已到期。请选择其他途径，或录入新合同。
problem-contract-not-begun = 该合同尚未开始。
problem-not-a-price = 这不是价格。请填写 12.50，货币写作 EUR。
problem-not-a-link = 请填写以 https:// 开头的地址。
problem-not-after = 结束时间必须晚于开始时间。

## 回复事项应由他处处理的客户

answer-hello = 您好：
answer-hello-name = { $name }，您好：
answer-end = 如果还有其他需要我们协助的事项，直接回复本邮件即可。
answer-product-portal = 您所说的产品不是通过我们购买的，因此我们无权访问，也无法以您的名义提交请求。请在 { $service } 的支持入口提交：使用管理员帐户登录 { $portal }，并选择其中的帮助。Microsoft 会直接答复您。
answer-product-portal-other = 您所说的产品不是通过我们购买的，因此我们无权访问，也无法以您的名义提交请求。请联系销售方，或使用该产品自己的门户中的支持。
answer-publisher = 您所说的产品购自商业市场，由其发布者提供支持；Microsoft 不为其提供支持。您可以在市场的产品页面上找到发布者的支持地址。如果您愿意，我们可以代您联系发布者。
answer-publisher-name = 您所说的产品购自商业市场，由其发布者 { $publisher } 提供支持；Microsoft 不为其提供支持。如果您愿意，我们可以代您联系 { $publisher }。
answer-msrc = 感谢您告知可能存在的安全漏洞。Microsoft 仅通过其安全响应中心接收此类报告：{ $portal }。请在该处报告，并在修复之前不要向他人透露细节。我们会对您的来信保密。

## 页面周围

nav-suppliers = 供应商
suppliers-new = 新供应商
supplier-kind = 供应商类型
supplier-kind-microsoft = Microsoft
supplier-kind-provider = 间接提供商
supplier-kind-outsourcer = 外包服务商
supplier-kind-publisher = 发布者
supplier-way = 工单送达方式
supplier-way-desk = 对方的 Partnerdesk
supplier-way-mail = 通过电子邮件
supplier-way-portal = 由客服在门户提交
supplier-way-azure-support = Azure 支持 API
supplier-address = 地址
supplier-address-hint = 电子邮件地址，或门户的 https:// 地址
supplier-personal-data = 可告知客户人员的身份
supplier-active = 可以向其移交工单
supplier-inactive = 已停用
supplier-profile = 概况
supplier-details = 详细信息
supplier-offerings = 服务项目
supplier-offering-new = 新服务项目
supplier-offering-change = 更改
supplier-offering-change-named = 更改 { $name }
supplier-ended = 目前不提供
supplier-published = 由其服务台发布
supplier-plan-read = 读取其服务台发布的内容
problem-published-there = 此内容由供应商自己的服务台发布，只能在那里更改。此处未作任何更改。
problem-desk-silent = 供应商的服务台没有回应。之前读取的内容已保留；系统会自动再次询问。
problem-statement-newer = 供应商的服务台以此版本无法读取的形式发布。之前读取的内容已保留。
supplier-edited = 已由本服务台更改
supplier-source = 来源
supplier-services = 服务
supplier-kinds = 请求类型
supplier-languages = 语言
supplier-contact = 联系方法
supplier-hours = 服务时间
supplier-hours-hint = 如果服务时间未知，请将所有日期留空。
supplier-hours-unknown = 未知
supplier-hours-always = 全天候
supplier-hours-week = 每周 { $time }，{ $zone }
supplier-promises-none = 无已知时限
supplier-price = 价格
supplier-price-included = 已包含
supplier-price-incident = 按次
supplier-price-hour = 按小时
supplier-price-month = 按月
supplier-price-unknown = 未填写金额

## 合同

supplier-contracts = 合同
supplier-no-contracts = 尚未录入合同。
contract-new = 录入合同
contract-name = 合同
contract-name-hint = 与服务项目同名
contract-offering = 服务项目
contract-units = 额度数量
contract-units-hint = 附带的事件数或小时数。留空表示不计次数。
contract-unlimited = 不计次数
contract-left =
    { $n ->
        [0] 已用完
       *[other] 剩余 { $n }
    }
contract-period = 期限
contract-first-day = 第一天
contract-last-day = 最后一天
contract-expired = 已于 { $date } 到期
contract-not-begun = { $date } 开始
contract-ends = 至 { $date }
contract-open-ended = 无期限
contract-forecast = 预测
contract-forecast-runs-out = 预计 { $date } 前后用完
contract-forecast-lasts = 足够用到期末
contract-forecast-unknown = 使用太少，无法预测
contract-forecast-rule = 预测依据最近 90 天的使用情况，至少需要 14 天的数据和三个已使用的额度。
contract-access-id = 访问 ID
contract-contract-id = 合同 ID
contract-number-kept = 已保存；输入即可替换
contract-forget-access = 移除访问 ID
contract-forget-contract = 移除合同 ID
contract-numbers = 合同编号
contract-numbers-show = 显示
contract-numbers-none = 尚未录入。
contract-numbers-noted = 已加密保存。每次查看都会记入审核日志。

## 额度账户

wallet = 额度账户
wallet-empty = 尚未使用
wallet-empty-text = 每个增加、占用、使用或退回的额度都会显示在此处。
wallet-when = 时间
wallet-what = 内容
wallet-case = 案例
wallet-case-hint = 供应商给该请求的编号
wallet-by = 操作者
wallet-change = 变动
wallet-balance = 剩余
wallet-reason = 原因
wallet-units = 数量
wallet-grant = 增加额度
wallet-consume = 登记别处的使用
wallet-refund = 退回
wallet-refund-named = 退回 { $name } 的额度
wallet-system = Partnerdesk
supplier-act-grant = 增加
supplier-act-reserve = 占用
supplier-act-consume = 使用
supplier-act-release = 释放
supplier-act-refund = 退回
supplier-act-expire = 作废

## 自身在 Microsoft 的资格

standing-title = 我们在 Microsoft 的资格
standing-hint = 顾问所了解的我方情况。未填写的内容视为未知，绝不猜测。
standing-competency = 能力或认证
supplier-competency-gold = 金牌
supplier-competency-silver = 银牌
supplier-competency-action-pack = Action Pack
supplier-competency-solutions-partner = 解决方案合作伙伴
supplier-competency-none = 无
standing-cloud = 含云能力
standing-plans = 我们持有的计划
standing-plans-none = 无计划
standing-plans-asfp = ASfP
standing-plans-psfp = PSfP
standing-plans-both = ASfP 和 PSfP
standing-azure = 提供商已授予我们访问客户 Azure 的权限
standing-unverified = 同时使用未经核实的规则
standing-unverified-hint = 这些规则依据他人对 Microsoft 页面的转述，而非 Microsoft 的原文。
standing-unknown = 未知
standing-no = 否

## Microsoft 的规则

rules-title = Microsoft 的规则
rules-intro = 决定某事项可走哪条支持渠道的规则：每条都注明生效日期和出处。
rules-coming = 即将变化
rules-coming-none = 没有已知的变化。
rules-now = 今天有效
rules-past = 过去有效
rules-begins = { $date } 起生效
rules-ends = { $date } 失效
rules-since = 自 { $date }
rules-until = 至 { $date }
rules-unverified = 未核实
rules-off = 已关闭
rules-touches = 涉及：
rules-every = 所有事项
rule-name = 名称为“{ $name }”。
vehicle-rule-security-report = 安全漏洞须报告给 Microsoft 安全响应中心。
vehicle-rule-marketplace = 商业市场的产品由其发布者提供支持。
vehicle-rule-not-sold-by-us = 在别处购买的产品由其自身门户处理。
vehicle-rule-partner-center = 合作伙伴中心自身的问题由其“帮助和支持”处理。
vehicle-rule-not-break-fix = 安装、配置和使用方法属于合作伙伴自身的职责。
vehicle-rule-reseller-billing = 经销商的账单、贷项和订单由其提供商处理。
vehicle-rule-reseller-azure-access = 经销商仅能在提供商授予访问权限的情况下提交 Azure 请求。
vehicle-rule-reseller-azure = Azure 请求由提供商提交，即使经销商拥有支持合同。
vehicle-rule-china = 在中国，所有请求都通过世纪互联门户提交。
vehicle-rule-commercial-covers = 计费和订阅，所有合作伙伴均包含。
vehicle-rule-csp-plan-microsoft365 = Microsoft 365 故障修复，已包含：在客户的管理中心提交服务请求。
vehicle-rule-csp-plan-azure = Azure 故障修复，直接计费合作伙伴和间接提供商已包含：在 Azure 门户中以“Cloud Solution Provider”计划提交请求。
vehicle-rule-csp-plan-delegated-admin = 客户尚未授予 { $delegated_admin }，而服务请求需要通过它提交。
vehicle-rule-dynamics-365 = Dynamics 365 需要 { $asfp } 或更高级别。
vehicle-rule-signature-cloud-covers = Azure 故障修复，{ $program } 的权益。
vehicle-rule-signature-cloud-microsoft365 = 无法在 Microsoft 365 管理中心使用。
vehicle-rule-signature-cloud-competency = 随金牌或银牌能力，或解决方案合作伙伴认证提供。
vehicle-rule-signature-cloud-none-left = 已无剩余事件。
vehicle-rule-product-support-covers = 本地软件的当前版本，以及处于主流支持期内的前一版本；{ $program } 的权益。
vehicle-rule-product-support-competency = 随金牌或银牌能力、解决方案合作伙伴认证或 Action Pack 提供。
vehicle-rule-product-support-none-left = 已无剩余事件。
vehicle-rule-designations-not-yet = 解决方案合作伙伴认证尚不存在。
vehicle-rule-asfp-covers = 云产品的技术问题，通过已持有的计划。
vehicle-rule-asfp-not-held = 未持有该计划。
vehicle-rule-asfp-retired = 已停用。
vehicle-rule-psfp-covers = 所有产品的技术问题，通过已持有的计划。
vehicle-rule-psfp-not-held = 未持有该计划。
vehicle-rule-signature-cloud-50 = 解决方案合作伙伴认证附带 50 个事件。
vehicle-rule-signature-cloud-cloud-competency = 云能力附带不限数量的事件。
vehicle-rule-signature-cloud-gold = 其他金牌能力附带 10 个事件。
vehicle-rule-signature-cloud-silver = 其他银牌能力附带 5 个事件。
vehicle-rule-signature-cloud-designation = 解决方案合作伙伴认证附带不限数量的事件。
vehicle-rule-product-support-gold = 金牌能力附带 20 个事件。
vehicle-rule-product-support-silver = 银牌能力附带 15 个事件。
vehicle-rule-product-support-action-pack = Action Pack 附带 10 个事件。
vehicle-rule-product-support-designation = 解决方案合作伙伴认证附带 20 个事件。
vehicle-rule-severity-a = 严重性 A 以英语在两小时内答复。
vehicle-rule-severity-b = 严重性 B 以英语在四小时内答复。
vehicle-rule-severity-c = 严重性 C 以英语在八小时内答复。

## 某途径可用或不可用的原因

why-covers = 其条款涵盖该服务和请求类型。
why-only-for = 仅适用于：{ $what }
why-takes-one = 占用剩余额度之一：{ $n }。
why-uncounted = 不计次数。
why-expired = 合同已于 { $date } 结束。
why-not-begun = 合同于 { $date } 开始。
why-none-left = 已无剩余额度。
why-no-contract = 按月付费，但尚未录入合同。
why-not-offered = 我们没有活动的供应商提供它。
why-other-language = 不提供客户所用语言。

## 事项改由何处处理

supplier-instead-msrc = Microsoft 安全响应中心
supplier-instead-publisher = 产品发布者
supplier-instead-product-portal = 产品自身的门户
supplier-instead-partner-center-help = 合作伙伴中心的“帮助和支持”
supplier-instead-resolve-here = 由本服务台自行解答
supplier-instead-provider = 我们的间接提供商

## 需要了解或获取的信息

supplier-lack-at = 询问时间
supplier-lack-cloud = 客户所在的云
supplier-lack-partner = 本服务台的合作伙伴类型
supplier-lack-kind = 请求类型
supplier-lack-topic = 是否涉及账单、贷项或订单
supplier-lack-break-fix = 是否有故障
supplier-lack-service = 涉及哪项服务
supplier-lack-product-version = 产品版本
supplier-lack-severity = 严重性
supplier-lack-language = 语言
supplier-lack-competency = 我们的能力或认证
supplier-lack-cloud-competency = 我们的能力是否为云能力
supplier-lack-plans = 我们持有哪些计划
supplier-lack-plans-asfp = 需要购买 ASfP
supplier-lack-plans-psfp = 需要购买 PSfP
supplier-lack-incidents-product-support = 剩余多少产品支持事件
supplier-lack-incidents-signature-cloud = 剩余多少云支持事件
supplier-lack-delegated-admin = 客户的委派管理权限
supplier-lack-provider-azure-access = 提供商是否授予我们 Azure 访问权限
