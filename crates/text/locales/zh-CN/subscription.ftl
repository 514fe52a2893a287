# Subscriptions: what customers have bought at Microsoft, what comes due, what is done with it.

## Pages

nav-subscriptions = 订阅
subscriptions-due = 即将到期
subscriptions-due-text = 所有客户订阅的续订、期限和试用到期、截止日期以及即将关闭的窗口。天数按服务台日历的工作日计算。
subscriptions-due-none = 没有即将到期的内容
subscriptions-due-none-text = 在此期间没有内容到期、续订或关闭。未连接到 Microsoft 的服务台在此也没有内容。
subscriptions-days = 未来 { $n } 天
subscriptions-range = 时间范围
subscriptions-when = 时间
subscriptions-what = 事项
subscriptions-whose = 客户
subscriptions-nobodys = 尚未关联客户
subscriptions-of = { $name } 的订阅
subscriptions-none = 没有已知的订阅
subscriptions-none-text = 要么没有购买任何内容，要么该客户未与 Microsoft 的租户关联，要么尚未读取。
subscriptions-read = 读取于 { $time }
subscription-old = 此次读取失败或已过时。此处内容可能不再准确，不会据此执行任何操作。
subscription-gone = 它已不在 Microsoft 的列表中。
subscription-refresh = 重新读取
subscription-drift = 非我方更改
subscription-timeline = 时间线
subscription-ahead = 日期
subscription-facts = 已知信息
subscription-state = 状态
subscription-since = 自 { $time } 起
subscription-licences = 许可证
subscription-by-use = 按使用量计费
subscription-quantity = { $n } 个许可证
subscription-kind = 类型
subscription-term-of = 期限
subscription-renews = 自动续订
subscription-on = 开
subscription-off = 关
subscription-next-term = 下一期限
subscription-trial = 试用
subscription-parent = 附加项所属
subscription-add-ons = 附加项
subscription-azure = 活动的 Azure 订阅
subscription-unknown = 未知
subscription-id = Microsoft ID
subscription-history = 历史记录
subscription-history-none = 自首次读取以来没有任何更改。
subscription-actions = 可执行的操作
subscription-may-not = 您的角色在此只能查看。
subscription-number = 之后的许可证数量
subscription-preview = 预览
subscription-preview-of = { $action }：{ $name }
subscription-preview-text = 刚刚已从 Microsoft 读取。将会发生：
subscription-from-to = { $before } → { $after } 个许可证
subscription-confirm = 执行
subscription-because = 票证编号
subscription-reason = 原因
subscription-reason-hint = 应谁的要求？需要票证编号或原因。
subscription-back = 返回，不执行
subscription-open = 进行中
subscription-withdraw = 撤回
subscription-by = { $name }，{ $time }
subscription-microsoft-says = Microsoft 说明：{ $words }
subscription-may = 可行
subscription-may-until = 可在 { $time } 之前执行
subscription-not = 不可行
subscription-next-at = 自 { $time } 起再次可行。
subscription-never = 之后也不会有可行的日期。
subscription-elsewhere = 可在 { $time } 之前在合作伙伴中心通过其订单处理。
subscription-cannot-say = 无法确定，因此不执行。未知：
subscription-source = 来源
subscription-unverified = 并非 Microsoft 原文
subscription-days-left = { $n ->
    [0] 今天
   *[other] { $n } 个工作日后
}
subscription-picture = 从 { $from } 到 { $to }；日期列于旁边。
subscription-change-line = { $field }：{ $before } → { $after }
subscription-nothing = –
subscription-yes = 是
subscription-no = 否

## Kinds, states, terms

subscription-era-legacy = 旧版
subscription-era-new-commerce = 新商务
subscription-era-azure-plan = Azure 计划
subscription-era-perpetual = 永久软件
subscription-era-software = 软件订阅
subscription-era-marketplace = 商业市场
subscription-era-unknown = 类型未知
subscription-status-none = 状态未知
subscription-status-active = 活动
subscription-status-pending = 正在设置
subscription-status-suspended = 已暂停
subscription-status-expired = 已过期
subscription-status-disabled = 已禁用
subscription-status-deleted = 已删除
subscription-term-p1m = 1 个月
subscription-term-p1y = 1 年
subscription-term-p3y = 3 年

## What can be done, and what comes of it

subscription-action-add = 增加许可证
subscription-action-reduce = 减少许可证
subscription-action-renew-on = 开启自动续订
subscription-action-renew-off = 关闭自动续订
subscription-action-cancel = 取消
subscription-action-suspend = 暂停
subscription-action-reactivate = 重新激活
subscription-action-schedule = 为下一期限计划许可证
subscription-action-unschedule = 取消已计划的更改
subscription-effect-users-out = 用户立即无法登录或使用。管理员仍可访问数据。
subscription-effect-users-in = 用户可以再次使用。
subscription-effect-final = 此操作无法撤销。
subscription-effect-not-billed = Microsoft 停止向我们收费。
subscription-effect-billed-again = Microsoft 从现在起重新向我们收费。
subscription-effect-billed-more = Microsoft 从现在起向我们收取新增许可证的费用。
subscription-effect-paid-back = Microsoft 全额退款。
subscription-effect-paid-back-in-part = Microsoft 按天退还剩余时间的费用。
subscription-effect-renews-no-more = 自动续订被关闭。
subscription-effect-renewal-stays-off = 自动续订保持关闭，直到有人重新开启。
subscription-effect-schedule-gone = 为下一期限计划的更改被移除。
subscription-effect-reversible = 可在 { $time } 之前撤销。
subscription-effect-data-until = 管理员可在 { $time } 之前访问数据。
subscription-effect-data-gone = 如果不采取任何操作，数据将在 { $time } 或之后删除。
subscription-effect-billed-until = Microsoft 将继续向我们收费直至 { $time }。
subscription-effect-renews-at = 将在 { $time } 自动续订。
subscription-effect-ends-at = 将于 { $time } 结束。
subscription-effect-from = 自 { $time } 起生效。
subscription-effect-given-back-until = 新增的许可证可在 { $time } 之前退回。
subscription-effect-bound-until = 此后将保留至 { $time }。
subscription-effect-add-ons = { $n ->
   *[other] { $n } 个附加项随之变更。
}

## Dates

subscription-occasion-term-began = 购买或续订
subscription-occasion-suspended = 已暂停
subscription-occasion-cancel-until = 取消窗口关闭
subscription-occasion-reduce-until = 许可证不能再退回
subscription-occasion-trial-end = 试用结束并开始计费
subscription-occasion-renewal = 续订
subscription-occasion-term-end = 期限结束
subscription-occasion-reactivate-until = 重新激活截止日期
subscription-occasion-disabled = 仅管理员可访问数据
subscription-occasion-data-gone = 数据可能被删除

## How far something is, and who changed what

subscription-progress-waiting = 等待发送
subscription-progress-sent = 已发送，尚不知是否到达
subscription-progress-taken = Microsoft 已受理
subscription-progress-done = 已完成，读取结果已确认
subscription-progress-overtaken = 已被其他更改超越
subscription-progress-forbidden = 规则不允许
subscription-progress-refused = Microsoft 已拒绝
subscription-progress-expired = 发送已过期
subscription-progress-lost = 未确认
subscription-progress-withdrawn = 已撤回
subscription-ended-overtaken = 订阅已与您所见的不同，因此未发送任何内容。请查看后重新决定。
subscription-ended-forbidden = 发送时规则已不允许。未发送任何内容。
subscription-ended-refused = Microsoft 已拒绝。未作任何更改。
subscription-ended-expired = 一天内无法发送，因此不再发送。请重新决定。
subscription-ended-lost = 已发送，但一天内的读取均未显示结果。请在合作伙伴中心查看情况。
subscription-cause-ours = 由我方
subscription-cause-time = 随时间推移
subscription-cause-elsewhere = 非我方
subscription-field-status = 状态
subscription-field-quantity = 许可证
subscription-field-auto-renew = 自动续订
subscription-field-term-ends = 期限结束
subscription-field-scheduled = 下一期限的许可证
subscription-field-trial = 试用

## When it will be possible, and what is not known

subscription-next-reactivated = 重新激活后可行。
subscription-next-parent = 其所属的主订阅处于活动状态后可行。
subscription-next-azure-cancelled = 逐个取消其中的 Azure 订阅后可行。
subscription-next-provisioned = 设置完成后可行。
subscription-next-renew-on = 开启自动续订后可行。
subscription-next-suspend = 请改为暂停。
subscription-next-done = 已经如此。
subscription-lack-era = 适用 Microsoft 的哪套规则
subscription-lack-status = 其状态
subscription-lack-term = 购买的期限
subscription-lack-term-began = 购买或续订时间
subscription-lack-term-ends = 期限结束时间
subscription-lack-refundable = 何时添加了许可证
subscription-lack-status-since = 自何时起暂停
subscription-lack-parent = 其所属主订阅的状态
subscription-lack-azure-active = 其中是否有活动的 Azure 订阅
subscription-lack-account = 帐户开立时间：Microsoft 在合作伙伴中心显示最后日期
subscription-lack-renewal = 期限结束后 Microsoft 的处理结果：请重新读取
subscription-lack-document = Microsoft 文档中没有相关说明

## Microsoft’s rules, by row

subscription-rule-over = 已过期、禁用或删除的订阅不能再更改。
subscription-rule-not-provisioned = Microsoft 仍在设置。
subscription-rule-already-suspended = 它已暂停。
subscription-rule-already-active = 它处于活动状态。
subscription-rule-already-renews = 自动续订已开启。
subscription-rule-already-ends = 自动续订已关闭。
subscription-rule-suspended-stays-as-it-is = 已暂停的订阅不能更改。
subscription-rule-add-on-follows = 附加项不能先于其所属的主订阅重新激活。
subscription-rule-by-use = 按使用量计费，没有可计数的许可证。
subscription-rule-nce-renewing = Microsoft 在期限结束后的一天内续订；期间不能更改。
subscription-rule-nce-trial = 试用结束前不能更改其状态。
subscription-rule-nce-trial-seats = 试用固定为 25 个许可证。
subscription-rule-nce-add = 可随时增加许可证。
subscription-rule-nce-reduce-72h = 许可证可在添加后 72 小时内退回。
subscription-rule-nce-reduce-7d = 许可证可在添加或续订后 7 天内退回。
subscription-rule-nce-cancel-72h = 可在购买或续订后 72 小时内取消。
subscription-rule-nce-cancel-7d = 可在购买或续订后 7 天内取消。
subscription-rule-nce-suspend = 可随时暂停；Microsoft 继续收费。
subscription-rule-nce-suspended-at-end = 期限在暂停期间结束，无法恢复。
subscription-rule-nce-reactivate = 可在期限结束前重新激活。
subscription-rule-nce-renew = 活动期间可随时切换自动续订。
subscription-rule-nce-schedule-needs-renewal = 只有自动续订的期限才能计划更改。
subscription-rule-nce-schedule = 活动期间可随时计划下一期限。
subscription-rule-nce-nothing-scheduled = 没有已计划的更改。
subscription-rule-nce-unschedule = 已计划的更改可在期限结束前取消。
subscription-rule-legacy-quantity = 可随时增减许可证。
subscription-rule-legacy-renew = 活动期间可随时切换自动续订。
subscription-rule-legacy-suspend = 可随时暂停；Microsoft 停止收费。
subscription-rule-legacy-reactivate-60d-china = 在世纪互联，可在暂停后 60 天内重新激活。
subscription-rule-legacy-reactivate-60d = 当时可在暂停后 60 天内重新激活。
subscription-rule-legacy-reactivate-90d = 可在暂停后 90 天内重新激活，部分帐户最多 120 天。
subscription-rule-legacy-cancel = 旧版订阅不能取消，只能暂停；若无人重新激活，Microsoft 会将其删除。
subscription-rule-legacy-no-schedule = 只有新商务可以计划更改。
subscription-rule-azure-plan-in-use = Azure 计划中有活动的 Azure 订阅时不能暂停。
subscription-rule-azure-plan-suspend = 没有活动内容的 Azure 计划可以暂停。
subscription-rule-azure-plan-reactivate = 已暂停的 Azure 计划可以重新激活。
subscription-rule-azure-plan-no-term = Azure 计划没有期限：既不续订也不取消。
subscription-rule-perpetual-cancel = 永久软件可在购买后 30 天内通过订单退回。
subscription-rule-software-cancel-30d = 当时软件订阅可在购买后 30 天内通过订单退回。
subscription-rule-software-cancel-7d = 软件订阅可在购买后 7 天内通过订单退回。
subscription-rule-software-whole = 软件只能整体退回，不能按许可证退回。
subscription-rule-marketplace-cancel-24h = 按月的商业市场产品可在购买后 24 小时内取消。
subscription-rule-marketplace-cancel-14d = 一年或更长期限的商业市场产品可在购买后 14 天内取消。
subscription-rule-marketplace-cancel-72h = 商业市场产品可在购买后 72 小时内取消。
subscription-rule-marketplace-renew = 商业市场产品活动期间可随时切换自动续订。

## What can go wrong, rights, log, letters

problem-not-offered = Microsoft 的此云不提供该功能。
problem-microsoft-later = Microsoft 目前未应答或要求稍候。不会根据旧的读取执行任何操作：请几分钟后重试。
problem-microsoft-consent = Microsoft 不再接受服务台的同意。负责连接的人员需要登录并重新同意。
problem-microsoft-gone = Microsoft 处已没有属于我们的此订阅。
problem-microsoft-refused = Microsoft 拒绝应答。同意连接的代理可能缺少角色。
problem-act-open = 此订阅已有操作正在进行。请等待其结束。
problem-not-possible = Microsoft 的规则不允许。订阅页面会说明是哪条规则以及何时可行。
permission-subscriptions-view = 查看客户在 Microsoft 购买的内容及即将到期事项
permission-subscriptions-manage = 更改订阅：许可证、自动续订、暂停、重新激活
permission-subscriptions-cancel = 取消订阅
deed-subscription-ask = 就订阅作出了决定
deed-subscription-end = 就订阅作出的决定已结束
deed-subscription-withdraw = 就订阅作出的决定被撤回
microsoft-reads-subscriptions = 订阅
done-deciding = 已决定。将立即执行；读取确认后此页面会显示。
done-read-again = 刚刚已从 Microsoft 读取。
mail-subscription-subject = 未执行：{ $action } – { $name }
mail-subscription-body = 您在 { $time } 作出的决定未按预期完成。
mail-subscription-reason = 原因
mail-subscription-open = 打开订阅
