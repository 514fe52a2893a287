# Words of the pages. Keys begin with their page; families of closed sets begin with the set.

## Everywhere

ok = 确定
yes = 是
no = 否
add = 添加
save = 保存
close = 关闭
undo = 撤消
undo-until = 截至 { $when }
bulk = 更改所选工单
bulk-as-it-is = 保持不变
bulk-action = 移动
bulk-tag = 添加标签
bulk-apply = 更改
bulk-choose = 选择 #{ $number }
retry = 重试
menu = 菜单
skip = 跳到内容
nobody = 无人
name = 姓名
email = 电子邮件
phone = 电话
password = 密码
password-new = 新密码
password-old = 当前密码
password-hint = 至少 { $n } 个字符
language = 语言
languages = 语言
time-zone = 时区
theme = 外观
calendar = 日历
remark = 备注
subject = 主题
severity = 严重性
kind = 类型
service = 服务
state = 状态
assignee = 负责人
team = 团队
tags = 标签
tags-hint = 用逗号分隔
order = 排序
channel = 来源
attach = 添加附件
remove-named = 移除 { $name }
pages = 分页
page-back = 上一页
page-on = 下一页
quoted-text = 显示引用文字
facts = 详细信息

## When something goes wrong

offline = 连接已断开。您输入的内容会保留，我们会继续重试。
signed-out-title = 您已退出登录
signed-out-text = 您输入的内容仍保留在此处。请在新标签页中重新登录，然后返回继续。
signed-out-back = 我已重新登录
failed-title = 操作未成功
failed-text = 您输入的内容没有丢失。请稍后重试。
error-home = 前往工单队列
error-request = 寻求帮助时，请提供

## Navigation

nav = 主导航
nav-search = 搜索
nav-new = 新建工单
nav-customers = 客户
nav-sent = 已发邮件
nav-inbox = 收到的邮件
nav-admin = 管理
nav-people = 人员
nav-settings = 设置
nav-audit = 审核日志
nav-change-desk = 切换服务台

view-mine = 我的工单
view-unassigned = 未分配
view-due = 最早到期
view-waiting = 等待中
view-all = 所有工单

## Ways in

sign-in = 登录
sign-out = 退出
sign-in-title = 登录您的服务台
sign-in-help = 您是需要帮助的客户吗？
sign-in-portal = 前往帮助门户
sign-in-forgotten = 忘记密码？
forgotten-title = 新密码
forgotten-text = 请输入您的电子邮件地址。我们会发送一个链接，供您设置新密码。
forgotten-hint = 链接仅可在一小时内使用一次。也请查看垃圾邮件文件夹。没有收到？请联系贵方负责管理人员的同事。
forgotten-set = 设置密码
choose-desk-title = 选择服务台
choose-desk-text = 您属于多个服务台。
invitation-title = 邀请
invitation-welcome = 欢迎加入 { $desk }
invitation-go = 设置密码并开始

account-title = 我的账户
account-look = 语言和外观
account-shortcuts = 单键快捷键
account-shortcuts-hint = 随时按 ? 可查看。Ctrl K 始终可用。
account-notices = 以下情况发邮件给我
account-notices-hint = 无论此处如何选择，页面都会显示全部情况。
account-password = 密码
account-password-change = 更改密码

## Keyboard and palette

palette = 跳转或搜索
palette-hint = 跳转到页面、#编号，或搜索…
palette-search = 搜索
palette-ticket = 打开工单
keys-title = 键盘快捷键
keys-everywhere = 全局
keys-list = 在列表中
keys-ticket = 在工单中
keys-go = 转到视图
keys-back = 返回
keys-move = 向下、向上移动
keys-open = 打开
keys-choose = 选择多个
keys-neighbours = 上一个、下一个工单
keys-send = 发送或保存
keys-off = 单键快捷键可在此处关闭：

## Queue

queue-count = { $n ->
    [0] 没有工单
   *[other] { $n } 个工单
 }
queue-unread = 未读
queue-draft = 草稿
queue-empty = 这里是空的
queue-empty-text = 此视图中的工单会显示在这里。
queue-empty-mine = 没有等待您处理的工单
queue-empty-mine-text = 分配给您的工单会显示在这里。您可以从“未分配”中领取。
queue-empty-unassigned = 每个工单都有负责人
queue-empty-unassigned-text = 新请求到达后会立即显示在这里。

## Words of a ticket

state-new = 新建
state-open = 处理中
state-waiting-customer = 等待客户
state-waiting-supplier = 等待供应商
state-resolved = 已解决
state-closed = 已关闭

severity-a = A – 工作已停止
severity-b = B – 工作受到影响
severity-c = C – 小问题或咨询

kind-billing = 计费
kind-subscription = 订阅
kind-technical = 技术

service-microsoft365 = Microsoft 365
service-azure = Azure
service-dynamics365 = Dynamics 365
service-on-premises = 本地部署
service-marketplace = Marketplace
service-other = 其他

channel-mail = 通过邮件
channel-portal = 通过门户
channel-api = 通过 API
channel-phone = 通过电话

action-open = 开始处理
action-wait-customer = 等待客户
action-wait-supplier = 等待供应商
action-resolve = 解决
action-reopen = 重新打开
action-close = 关闭

promise-first-response = 首次答复
promise-next-response = 下次答复
promise-resolution = 解决

recipient-requester = 请求人
recipient-cc = 邮件抄送
recipient-participant = 参与者
recipient-added = 由您添加

delivery-held = 即将发送
delivery-waiting = 等待发送
delivery-sent = 已发送
delivery-kept = 保留在此，未发送
delivery-failed = 未发送
delivery-bounced = 被退回
delivery-cancelled = 已撤回

## Ticket

ticket-nav = 工单
ticket-back = 返回列表
ticket-previous = 上一个工单
ticket-next = 下一个工单
ticket-take = 分配给我
ticket-snooze = 搁置到
snooze-end = 取消搁置
snoozed-until = 搁置到 { $when }
ticket-merge = 合并到另一个工单
ticket-merge-into = 另一个工单的编号
ticket-merge-text = 此工单将关闭并保留其历史记录。相关人员此后发来的消息会归入另一个工单。
ticket-merge-do = 合并
ticket-merged = 此工单已并入
requester-change = 提出请求的是其他人
requester-address = 联系人的电子邮件地址
presence-viewing = { $name } 正在查看
presence-replying = { $name } 正在回复
timeline = 对话
timeline-note = 内部备注
timeline-earlier = 显示更早的内容
timeline-newest = 显示最新内容
timeline-agent = 我们的答复
timeline-customer = 客户
message-original = 原始邮件
message-html = 按原样显示
message-images = 显示远程图片
compose = 撰写
compose-reply = 回复
compose-note = 内部备注
compose-to = 收件人
compose-add = 添加地址…
compose-placeholder = 写给客户（{ $language }）…
compose-note-placeholder = 只有此服务台的客服人员能看到…
compose-note-hint = 只有此服务台的客服人员能看到备注。备注没有收件人。
compose-save-note = 保存内部备注
compose-send = { $others ->
    [0] 发送给 { $name }
   *[other] 发送给 { $name } + { $others }
 }
compose-send-wait = 发送并等待
compose-send-resolve = 发送并解决
draft-saving = 正在保存草稿…
draft-kept = 草稿已保存
draft-failed = 草稿尚未保存
facts-ticket = 属性
facts-clocks = 承诺
facts-customer = 客户
facts-recent = 最近的工单
facts-local-time = 当地时间
facts-stranger = 我们不认识此发件人。分享任何信息前请先核实。
clock-why = 为什么在此时到期？
clock-span = 时间
clock-reason = 原因
clock-length = 时长
clock-sum = 计入合计
segment-counted = 计入
segment-closed = 非服务时间
segment-holiday = 节假日
segment-paused = 已暂停
segment-ahead = 尚未到来

## New ticket

new-title = 新建工单
new-who = 为谁创建？
new-find = 查找来电者
new-find-hint = 姓名、地址、电话或客户
new-nobody = 未找到。为新联系人创建：
new-what = 是什么问题？
new-text = 对方的描述
new-promise = 保存后将承诺
new-no-promise = 此严重性没有承诺。
new-acknowledge = 用联系人的语言向其发送确认邮件
new-save = 创建工单

## Customers

customers-find = 查找客户
customers-new = 新建客户
customers-empty = 未找到客户
customers-empty-text = 当您添加客户，或有人从其域名来信时，客户会显示在这里。
customer-domain = 邮件域名
customer-domains = 邮件域名
customer-tickets = 工单
customer-contacts = 联系人
customer-details = 客户
customer-no-tickets = 还没有工单
customer-no-tickets-text = 此客户的联系人的请求会显示在这里。
contact-add = 添加联系人
contact-change = 更改
contact-change-named = 更改 { $name }
contact-sees-all = 可查看该组织的所有工单

## Search

search-title = 搜索
search-hint = 主题和消息中的字词
search-go = 显示
search-empty-start = 搜索所有工单
search-empty-start-text = 涵盖服务台所有语言的主题、消息和备注。
search-empty = 未找到结果
search-empty-text = 所有字词须出现在同一条消息中。请减少字词或更换筛选条件。

## Mail

sent-empty = 这里没有邮件
sent-empty-text = 服务台发送的每封邮件都会列在这里，并显示每位收件人的送达结果。
inbox-oldest = 最早的未处理邮件
inbox-none-waiting = 没有等待的邮件
inbox-unprocessed = { $n ->
    [0] 已全部处理
   *[other] { $n } 封邮件待处理
 }
inbox-works = 正常
inbox-fails = 故障
inbox-waits = 尚未读取
inbox-handed-in = 邮件由服务器递交
inbox-last-ok = 上次收取
inbox-parked = 需要人工处理
inbox-parked-text = 这些邮件已安全保存，但未能转为工单。
inbox-parked-empty = 没有搁置的邮件
inbox-parked-empty-text = 无法处理的邮件会连同原因保留在这里，绝不会被丢弃。
inbox-attempts = 已尝试 { $n } 次。
inbox-why-unreadable = 无法读取此邮件。
inbox-why-too-large = 邮件超过服务台可接收的大小，仅保留了开头部分。

## People

people-invite = 邀请
people-send-invite = 发送邀请
people-invite-again = 重新发送邀请
people-agents = 客服人员
people-teams = 团队
people-roles = 角色
people-team-name = 团队名称
people-team-add = 添加团队
people-members = { $n ->
    [0] 没有成员
   *[other] { $n } 名成员
 }
people-deactivate = 停用
people-activate = 启用
people-matrix = 各角色的权限
people-matrix-text = 这些是合作伙伴中心的角色。一名客服人员可以拥有多个角色。
agent-deactivated = 已停用

role-global-admin = 全局管理员
role-admin-agent = 管理员代理
role-helpdesk-agent = 支持人员代理
role-billing-admin = 计费管理员
role-sales-agent = 销售代理
role-user-management-admin = 用户管理管理员

permission-customers-view = 查看客户
permission-customers-edit = 更改客户
permission-tickets-view-public = 阅读工单（不含内部备注）
permission-tickets-view = 阅读工单（含内部备注）
permission-billing-tickets-view = 阅读计费工单
permission-security-tickets-view = 查看所有安全报告
permission-tickets-file = 创建工单
permission-tickets-work = 处理工单
permission-billing-tickets-work = 处理计费工单
permission-mail-manage = 管理邮件
permission-audit-view = 阅读审核日志
permission-users-manage = 管理人员
permission-settings-manage = 更改设置
permission-services-view = 查看服务要求
permission-services-edit = 修改服务要求
permission-articles-edit = 撰写文章
permission-catalogue-view = 查看服务目录
permission-catalogue-manage = 修改和发布服务目录
permission-suppliers-view = 查看供应商和支持渠道
permission-suppliers-manage = 管理供应商和支持渠道
permission-contracts-read = 读取合同编号
permission-tickets-escalate = 将工单移交给供应商
permission-reports-view = 查看报告

## Settings

settings-desk = 服务台
settings-calendars = 日历
settings-promises = 承诺
settings-mailboxes = 邮箱
settings-tokens = API 令牌
desk-name = 服务台名称
desk-name-hint = 客户会在邮件和门户中看到此名称。
desk-default-language = 未知时使用的语言
desk-undo = 可撤消时间（秒）
desk-undo-hint = 已发送的答复会等待这段时间，以便撤回。
desk-reopen = 可重新打开的天数
desk-reopen-hint = 此后，新消息会创建一个新的关联工单。
desk-warn = 到期前多少分钟提醒
desk-warn-hint = 按营业时间计算。留空：承诺时间剩余五分之一时提醒。
desk-unassigned = 未分配工单多少分钟后提醒
desk-unassigned-hint = 按营业时间计算，仅限新工单。留空：从不。
calendar-new = 新建日历
calendar-hours = 每周服务时间
calendar-hours-hint = 时间段，例如 08:00-12:00, 13:00-17:00。22:00-02:00 会延续到午夜之后。
calendar-closed = 休息
calendar-holidays = 节假日
calendar-holidays-hint = 每行一个：2026-04-03；每年都有的写 12-25。
calendar-holidays-count = { $n ->
    [0] 没有节假日
   *[other] { $n } 个节假日
 }
day-mon = 星期一
day-tue = 星期二
day-wed = 星期三
day-thu = 星期四
day-fri = 星期五
day-sat = 星期六
day-sun = 星期日
promises-hint = 30 min、4 h 或 1 h 30 这样的时间按日历的服务时间计算。正在运行的计时保持原有承诺。
promises-none = 无承诺
mailbox-new = 添加邮箱
mailbox-address = 客户来信的地址
mailbox-display-name = 答复中的名称
mailbox-imap-host = IMAP 服务器
mailbox-imap-port = IMAP 端口
mailbox-imap-hint = 如果由邮件服务器递交发往此地址的邮件，请将服务器留空。
mailbox-security = 加密
security-tls = TLS
security-starttls = STARTTLS
security-none = 无（仅限同一台机器）
mailbox-auth = 登录方式
auth-password = 密码
auth-xoauth2 = OAuth 访问令牌
auth-application = Microsoft 365 应用程序
mailbox-user = 用户名
mailbox-secret = 密码、访问令牌或应用程序机密
mailbox-application-hint = 用于 Exchange Online 邮箱（服务器 outlook.office365.com）：由管理员向该应用程序授予 IMAP.AccessAsApp 权限和此邮箱。上面的机密是应用程序的机密；令牌在需要时获取，无需任何人登录。
mailbox-password-kept = 不更改
mailbox-folder = 文件夹
mailbox-remove = 移除邮箱
tokens-empty = 没有令牌
tokens-empty-text = 脚本可通过令牌使用 API，且仅拥有您选择的权限。
token-new = 新建令牌
token-make = 创建令牌
token-made = 您的新令牌
token-made-text = 请立即复制。它只显示这一次。
token-scopes = 权限范围
token-expires = 有效期至（留空则不限）
token-until = 有效期至
token-withdraw = 吊销
audit-verify = 立即验证
audit-hint = 条目写入后很快就会封存。验证时会重新计算每个封印。
audit-whole = 全部 { $n } 个已封存条目均与写入时一致。
audit-broken = 封印 { $seal } 不匹配：有条目在封存后被更改、添加或删除。
audit-when = 时间
audit-who = 人员
audit-what = 操作
audit-sealed = 已封存
audit-unsealed = 稍后
deed-desk-create = 服务台已创建
deed-settings-change = 设置已更改
deed-calendar-add = 日历已添加
deed-calendar-change = 日历已更改
deed-mailbox-add = 邮箱已添加
deed-mailbox-change = 邮箱已更改
deed-mailbox-remove = 邮箱已移除
deed-token-create = API 令牌已创建
deed-token-revoke = API 令牌已吊销
deed-agent-add = 运维人员添加了客服人员
deed-agent-invite = 已邀请客服人员
deed-agent-change = 客服人员已更改
deed-agent-profile = 个人账户已更改
deed-agent-password = 运维人员设置了密码
deed-team-add = 团队已添加
deed-team-members = 团队成员已更改
deed-session-begin = 已登录
deed-session-end = 已退出登录
deed-password-forgotten = 已发送新密码链接
deed-password-set = 已通过链接设置密码
deed-password-change = 密码已更改
deed-portal-link = 已发送登录链接
deed-customer-add = 客户已添加
deed-customer-change = 客户已更改
deed-contact-add = 联系人已添加
deed-contact-change = 联系人已更改
deed-ticket-open = 工单已创建
deed-ticket-customer-message = 客户发来消息
deed-ticket-automatic-message = 收到自动消息
deed-ticket-imported-answer = 已导入旧回复
deed-ticket-reply = 已回复客户
deed-ticket-take-back = 回复已撤回
deed-ticket-note = 已写内部备注
deed-ticket-notice = 已通知客服人员
deed-ticket-change = 工单已更改
deed-ticket-circle = 安全报告的可见人员已更改
deed-ticket-move = 状态已更改
deed-ticket-merge = 工单已合并
deed-ticket-undo = 更改已撤消
deed-ticket-wake = 工单搁置已结束
deed-mail-bounced = 邮件被退回
deed-mail-lost = 邮件未能送达
theme-system = 跟随设备
theme-light = 浅色
theme-dark = 深色
theme-contrast = 高对比度

## Portal of contacts

help-title = 我们能为您做些什么？
help-desk-title = 谁为您提供支持？
help-ask-text = 请输入您的电子邮件地址。我们会发送一个链接给您，无需密码。
help-ask-go = 发送链接
help-sent-title = 请查收邮件
help-sent-text = 如果我们认识 { $email }，链接已在发送途中。
help-sent-hint = 链接仅可使用一次，且很快失效。也请查看垃圾邮件文件夹。
help-sent-again = 重新获取链接
help-confirm-title = 即将完成
help-confirm-text = 您将以 { $email } 登录。
help-confirm-go = 登录
help-expired-title = 此链接已失效
help-expired-text = 链接仅可使用一次，且有效期很短。请重新获取。
help-stranger-text = 没有收到邮件？我们可能还不认识此地址。请写信给我们，我们会答复；之后您就可以在这里跟踪您的请求。
help-tickets = 请求
help-scope = 谁的请求
help-scope-mine = 我的请求
help-scope-ours = 本组织的全部请求
help-new = 新建请求
help-empty = 还没有请求
help-empty-text = 您的请求和我们的答复会显示在这里。
help-for = 所属组织
help-service = 您需要哪方面的帮助？
help-subject = 一句话概括
help-text = 发生了什么？
help-text-hint = 您做了什么，预期结果是什么，实际看到了什么？
help-kind = 这是什么类型的请求？
help-kind-billing = 账单、价格或付款
help-kind-subscription = 许可证：添加、删除、更改
help-kind-technical = 某项功能无法使用，或您不知道如何操作
help-severity = 对您的工作影响有多大？
help-severity-a = 工作已停止
help-severity-hint-a = 许多人无法工作，且没有替代办法。
help-severity-b = 工作受到影响
help-severity-hint-b = 某项重要功能无法使用，但您仍可继续工作。
help-severity-c = 小问题或咨询
help-severity-hint-c = 可以按顺序等待处理。
help-promise = 我们的承诺
help-send = 提交请求
help-agent = { $name } 正在处理
help-due-answer = { $due } 前答复
help-due-solution = { $due } 前解决
help-answer = 您的回复
help-answer-send = 发送
help-action-resolve = 问题已解决
help-action-close = 关闭此请求
help-action-reopen = 重新打开
help-state-new = 已收到
help-state-open = 处理中
help-state-waiting-customer = 等待您的回复
help-state-waiting-supplier = 供应商处理中
help-state-resolved = 已解决
help-state-closed = 已关闭

## Ticket: its history

any = 不限
none = 无
order-newest = 最新优先
order-best = 最佳匹配优先
due-at = { $when } 到期
due-late = 自 { $when } 起逾期
due-paused = 已暂停
clock-kept = { $when } 已兑现
clock-kept-late = { $when } 逾期完成
clock-target = { $calendar }内 { $time }
message-to = 发送至 { $names }
message-to-cc = 发送至 { $names }，抄送 { $copies }
compose-newer = 您撰写期间有人发来了消息。请先阅读，再重新发送。
event-moved = { $who }: { $state }
event-assigned = { $who } 分配给：{ $to }
event-changed = { $who } 更改：{ $what }
event-linked = 延续自 #{ $number }
event-bounced = 发往 { $address } 的邮件未送达（{ $status }）
event-taken-back = { $who } 撤回了一条回复
event-snoozed = { $who } 将其搁置到 { $when }
event-woken = 搁置已结束
event-merged-into = { $who } 将其并入
event-merged = { $who } 并入了
event-undone = { $who } 撤消了：{ $what }
undoable-move = 状态更改
undoable-merge = 合并
undoable-bulk = 批量更改
event-told = { $what } · 已发邮件给 { $who }
actor-system = 服务台
actor-stranger = 未知发件人
warning-unknown-sender = 此工单中没有使用该地址的已知人员。
warning-failed-authentication = 此邮件并非由发件人的域名发出，可能是伪造的。
warning-claims-to-be-agent = 发件人地址属于客服人员。任何人都不能通过邮件以客服人员身份操作。
warning-other-reply-to = 回复将发往与发件人不同的地址。
warning-damaged = 此邮件无法完整读取，请查看原件。
warning-bulk = 此邮件来自邮件列表或群发者。
warning-auto-reply = 这是自动回复。

occasion-answered = 客户来信
occasion-assigned = 工单分配给我
occasion-due-soon = 承诺时间即将到期
occasion-overdue = 承诺时间已超过
occasion-unassigned = 工单无人接手
calendar-office-hours = 工作时间
glance = 概览
glance-in-use = { $n } 个在用
glance-promises = 承诺
glance-none-due = 没有到期的承诺
glance-kept = { $n } 项中遵守了 { $kept } 项
glance-window = 最近 90 天内开启
glance-away = { $n ->
   *[other] { $n } 个工单在他方处理
}
glance-owes = 欠款
glance-nothing = 无
