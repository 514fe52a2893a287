# Mails to customers' contacts and to agents. Customers read of a request, agents of a ticket.

## Every letter

mail-hello = 您好：
mail-hello-name = { $name }，您好：
mail-footer-request = 您的请求 #{ $number } · { $desk }
mail-footer-online = 在线查看：{ $link }
mail-open-request = 查看您的请求
mail-open-ticket = 打开工单
mail-fact-customer = 客户
mail-fact-severity = 严重性
mail-fact-due = 截止时间

## Acknowledgement of a new request

mail-ack-subject = 我们已收到您的请求 [#{ $number }]
mail-ack-received = 感谢您与我们联系。您的请求编号为 #{ $number }。
mail-ack-next = 我们的工作人员会查看您的请求，并通过电子邮件答复您。
mail-ack-next-promised = 我们的工作人员会查看您的请求，并在 { $time } 之前给您首次答复。
mail-ack-add = 如需补充信息，请直接回复此邮件。
mail-ack-not-you = 如果您没有联系过我们，请忽略此邮件。

## Resolved

mail-resolved-subject = 已解决：{ $subject } [#{ $number }]
mail-resolved-body = 您的请求 #{ $number }“{ $subject }”已解决。
mail-resolved-reopen = 如果问题仍未解决，请在 { $until } 之前回复此邮件，我们会继续处理。此后请提交新的请求。

## Sign-in to the portal

mail-sign-in-subject = 登录 { $desk }
mail-sign-in-body = 请使用此链接登录 { $desk } 的支持门户。
mail-sign-in-button = 登录
mail-sign-in-valid = 此链接 { $minutes } 分钟内有效，且仅可使用一次。
mail-sign-in-not-you = 如果这不是您本人的操作，请忽略此邮件。

## Notices to agents

mail-notice-assigned-subject = [#{ $number }] 已分配给您：{ $subject }
mail-notice-assigned-body = 工单 #{ $number }“{ $subject }”已分配给您。
mail-notice-answered-subject = [#{ $number }] 客户已回复：{ $subject }
mail-notice-answered-body = { $who } 已在工单 #{ $number }“{ $subject }”中回复。
mail-notice-due-soon-subject = [#{ $number }] 即将到期：{ $subject }
mail-notice-due-soon-body = 工单 #{ $number }“{ $subject }”即将到期。
mail-notice-overdue-subject = [#{ $number }] 已逾期：{ $subject }
mail-notice-overdue-body = 工单 #{ $number }“{ $subject }”已逾期。
mail-notice-unassigned-subject = [#{ $number }] 新工单，未分配：{ $subject }
mail-notice-unassigned-body = 工单 #{ $number }“{ $subject }”是新工单，尚未分配。

## Invitation of an agent

mail-invitation-subject = 您的 { $desk } 账户
mail-invitation-body = { $inviter } 邀请您加入 { $desk } 的支持团队。请先设置密码。
mail-invitation-button = 设置密码
mail-invitation-valid = 此链接仅可使用一次，有效期至 { $until }。
mail-password-subject = 重置 { $desk } 的密码
mail-password-body = 有人（希望是您本人）请求为您的 { $desk } 账户设置新密码。

## A mail that came back

mail-bounce-subject = [#{ $number }] 未送达：{ $subject }
mail-bounce-body = 工单 #{ $number }“{ $subject }”中发给 { $recipient } 的邮件未能送达。
mail-bounce-reason = 退信原因
mail-bounce-do = 客户没有看到此邮件。请检查地址，或通过其他方式联系客户。
