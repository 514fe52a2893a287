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
