# The desk's connection to Microsoft, and what is read by it.

settings-microsoft = Microsoft
microsoft-going = 正在转到 Microsoft 登录页。
microsoft-go = 继续
microsoft-standing = 状态
microsoft-says = Microsoft 的说明：
microsoft-current = 上次一切正常：
microsoft-until = 下次重试：
microsoft-consented = 已授权：
microsoft-consent = 登录并授权
microsoft-check = 立即检查
microsoft-events = 接收事件
microsoft-events-on = 事件发送到此处
microsoft-what = 读取内容
microsoft-how = 状态
microsoft-read = 上次读取
microsoft-health = 服务运行状况
microsoft-unlinked = 在 Microsoft 有而此处未知的客户
microsoft-unlinked-text = 还有 { $n } 个租户未关联到客户。
microsoft-link-named = { $name } 属于哪个客户？
microsoft-new-customer = 新客户
microsoft-link = 关联
microsoft-profile = 客户在 Microsoft 看到的支持联系人
microsoft-profile-differs = 此服务台没有该地址的邮箱：发往该地址的邮件不会到达这里。
microsoft-partners = 其他合作伙伴
microsoft-connection = 连接
microsoft-connection-text = 合作伙伴租户中的一个应用程序，以及一名客服人员的授权。请在应用程序中登记此重定向地址：
microsoft-cloud = 云
microsoft-tenant = 合作伙伴租户 ID
microsoft-application = 应用程序 ID
microsoft-secret = 应用程序机密
microsoft-token = 刷新令牌(如有)
microsoft-adds-customers = 将 Microsoft 列表中此处未知的客户添加进来
microsoft-disconnect = 断开连接
microsoft-tenants = { $n } 个租户
microsoft-seen = Microsoft 确认：
microsoft-no-issues = 据 Microsoft 称，没有故障。
microsoft-requests = Microsoft 服务请求
microsoft-no-requests = 没有未结的请求。

## How something stands

microsoft-state-never = 尚未读取
microsoft-state-current = 最新
microsoft-state-unconsented = 尚未授权
microsoft-state-consent = 授权已过期
microsoft-state-throttled = Microsoft 要求稍后再试
microsoft-state-failing = 无响应
microsoft-state-refused = 被拒绝
microsoft-state-not-offered = 此云中不可用
microsoft-state-no-admin = 没有委派的管理员权限
microsoft-state-gone = 在 Microsoft 已不是我们的客户
microsoft-explain-never = 尚未读取任何内容，稍后即会读取。
microsoft-explain-current = Microsoft 有响应，这里读取的内容是最新的。
microsoft-explain-unconsented = 需要一名启用多重身份验证的客服人员在 Microsoft 登录并授权一次。
microsoft-explain-consent = Microsoft 不再接受该授权。没有丢失任何内容：请重新登录并授权，即可照常读取。
microsoft-explain-throttled = Microsoft 暂时不接受调用，之后会自动继续。
microsoft-explain-failing = Microsoft 没有响应，或响应无法读取。系统会自动重试，间隔逐渐加长；之前读取的内容会保留。
microsoft-explain-refused = Microsoft 已理解但拒绝：多半是授权的客服人员在那里缺少角色。
microsoft-explain-not-offered = 此云不提供这些功能，请使用运营方自己的门户。
microsoft-explain-no-admin = 客户已收回委派的管理员权限。
microsoft-explain-gone = 在 Microsoft 与该客户的关系已结束。

## What is read

microsoft-reads-customers = 客户
microsoft-reads-customer = 客户
microsoft-reads-health = 服务运行状况
microsoft-reads-requests = 服务请求
microsoft-reads-partners = 其他合作伙伴
microsoft-reads-profile = 支持联系人
microsoft-reads-log = 活动日志
microsoft-reads-events = 事件

## Clouds, delegated admin, service requests

microsoft-cloud-commercial = 商业云
microsoft-cloud-us-government = 美国政府云
microsoft-cloud-china = 世纪互联(中国)
microsoft-cloud-germany = 德国(已关闭)
microsoft-admin-yes = 有委派的管理员权限
microsoft-admin-no = 没有委派的管理员权限
microsoft-admin-unknown = 委派的管理员权限未知
microsoft-request-none = 状态未知
microsoft-request-open = 进行中
microsoft-request-closed = 已关闭
microsoft-request-attention-needed = Microsoft 在等我们答复

## Microsoft's words for how an issue stands

microsoft-issue-unknown-future-value = 未知
microsoft-issue-service-operational = 正常
microsoft-issue-investigating = 正在调查
microsoft-issue-restoring-service = 正在恢复服务
microsoft-issue-verifying-service = 已恢复，正在验证
microsoft-issue-service-restored = 已恢复
microsoft-issue-post-incident-review-published = 已恢复，事后分析已发布
microsoft-issue-service-degradation = 服务降级
microsoft-issue-service-interruption = 服务中断
microsoft-issue-extended-recovery = 延长恢复
microsoft-issue-false-positive = 误报
microsoft-issue-investigation-suspended = 调查已暂停
microsoft-issue-resolved = 已解决
microsoft-issue-mitigated-external = 已由外部缓解
microsoft-issue-mitigated = 已缓解
microsoft-issue-resolved-external = 已由外部解决
microsoft-issue-confirmed = 已确认
microsoft-issue-reported = 已报告

## What was done, and what went wrong

deed-microsoft-connect = 更改了与 Microsoft 的连接
deed-microsoft-consent = 在 Microsoft 授权
deed-microsoft-disconnect = 断开了与 Microsoft 的连接
deed-tenant-link = 将租户关联到客户
problem-consent-invalid = 从 Microsoft 返回的这一链接已失效，或属于另一会话。未作任何更改，请重新开始授权。
problem-consent-refused = Microsoft 未给予授权，原因见下；连接保持原样。
problem-not-connected = 此服务台尚未连接到 Microsoft,请先保存连接。
problem-not-a-guid = 这不是 Microsoft 的 ID。它由 32 个字母和数字组成，例如 250d7b4d-328c-4c3d-8201-df3f85cc8b8c。

## Letters to those who look after the connection

mail-microsoft-consent-subject = { $desk }:Microsoft 要求重新授权
mail-microsoft-consent-body = Microsoft 不再接受服务台的授权。在客服人员重新登录并授权之前，不会从那里读取任何内容。之前读取的内容会保留，不会丢失。
mail-microsoft-failing-subject = { $desk }:Microsoft 已有一段时间没有响应
mail-microsoft-failing-body = 自 { $since } 起无法从 Microsoft 读取内容。系统会自动重试。
mail-microsoft-never-body = 到目前为止无法从 Microsoft 读取任何内容。系统会自动重试。
mail-microsoft-lost-subject = { $customer } 已取消我们的委派管理员权限
mail-microsoft-lost-body = 在 Microsoft，{ $customer } 已收回委派的管理员权限。在重新授予之前，我们无法在那里提交服务请求，也看不到其服务的运行状况。
mail-microsoft-open = 打开连接页面
mail-microsoft-reason = Microsoft 的说明
