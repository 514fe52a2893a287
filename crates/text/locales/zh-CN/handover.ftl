# 移交：交给供应商和其他服务台，以及收回。

## What is written to a supplier

package-line = { $label }：
package-service = 服务
package-severity = 严重程度
package-steps = 已尝试的步骤
package-skipped = – { $step }（未做：{ $why }）
package-files = 文件
package-caller = 请回复至
package-original = 客户原话（{ $language }）：
package-chase = 请问这个请求进展如何？我们的客户正在等待。
inform-hello = 您好，
inform-text = 您的请求已有答复：

## Mails to agents

mail-notice-supplier-subject = [#{ $number }] 供应商有新消息：{ $subject }
mail-notice-supplier-body = 工单 #{ $number }“{ $subject }”的移交有新消息。
mail-notice-supplier-late-subject = [#{ $number }] 供应商逾期：{ $subject }
mail-notice-supplier-late-body = 供应商没有按承诺处理工单 #{ $number }“{ $subject }”，或者没有人接受移交。该去询问了。
occasion-supplier = 供应商有新消息
occasion-supplier-late = 供应商逾期

## What the audit log says

deed-handover-move = 移交有进展
deed-handover-tell = 给供应商或合作伙伴的消息
deed-handover-receive = 收到其他服务台的消息
deed-peer-invite = 邀请服务台配对
deed-peer-pair = 服务台已配对
deed-peer-change = 已配对的服务台有更改
deed-peer-revoke = 不再信任已配对的服务台
deed-key-change = 服务台启用新密钥

## What can go wrong

problem-handed-over = 此工单在供应商处，或已提出移交。请撤回或等待答复；没有任何更改。
problem-customer-not-told = 供应商的答复已到，但客户还不知道。请先答复客户。
problem-give-back = 此工单由另一个服务台移交，对方在等答复。请附上答复交还。
escalation-files = 随附文件
escalation-files-hint = 按原样发送：其中的姓名不会被去除。
escalation-files-there = 请在那里附上这些文件：
escalation-file-unseen = { $file }（客户看不到）
escalation-files-by-hand = 文件不会自动传送：它们显示在历史记录的消息旁，需在那里手动附上。
files-coming = 正从另一服务台传来：{ $names }
files-late = 尚未到达：{ $names }。{ $why }；将于 { $when } 再次请求。
files-given-up = 未能到达：{ $names }。{ $why }
files-ask-again = 再次请求
problem-package-incomplete = 供应商会退回：缺少其要求的内容。您写的内容已保留。
problem-offering-over = 此服务已失效。请选择其他途径。
problem-offer-over = 此移交的期限已过。
problem-not-paired = 此供应商的服务台尚未与您的配对。
problem-partner-waits = 该服务台自己在等答复：工单就是从那里来的。
problem-no-address = 此供应商没有邮件地址。
problem-not-an-invitation = 这不是邀请。请粘贴对方服务台显示的完整文字。
problem-not-welcome = 对方服务台已不认识此邀请。请索取新的邀请。
problem-not-reached = 无法联系到对方服务台。请稍后再试；邀请仍然有效。

## The states of a leg

leg-draft = 准备中
leg-offered = 已提出
leg-withdrawn = 已撤回
leg-accepted = 已接受
leg-declined = 已拒绝
leg-expired = 已过期
leg-in-progress = 处理中
leg-returned = 已答复
leg-approved = 已认可
leg-sent-back = 已退回
leg-closed = 已结束
outcome-solved = 已解决
outcome-documentation = 文档说明
outcome-known-issue = 已知问题
outcome-declined = 不予受理
outcome-data-missing = 缺少数据
came-back-missing = 缺少数据：{ $what }
came-back-what = 缺少什么
came-back-judge = 返回情况不同
came-back-judge-hint = 仅用于您对该供应商的统计；不会告知对方。

## What the history says

event-handover-out = 移交给 { $with }：{ $state }
event-handover-in = 由 { $with } 移交：{ $state }
timeline-partner = 合作伙伴
event-asked = { $who } 询问了进展

## The panel on a ticket

escalation = 升级
escalation-none = 未移交
escalation-hand-over = 移交
escalation-way = 交给谁、以何种方式
escalation-way-units = 消耗一个单位
escalation-way-due = { $when } 前答复
escalation-way-unknown = 已知信息不足，无法建议
escalation-way-unreachable = 尚无法联系
escalation-no-way = 没有录入可以接手的供应商。请在供应商中录入一个。
escalation-summary = 事由（用供应商的语言）
escalation-blocks = 必需
escalation-missing = 缺少：{ $what }
escalation-complete = 完整
escalation-check = 保留并检查
escalation-send = 立即移交
escalation-preview = 将发出的资料包
escalation-hidden = 客户人员的信息已从中删除。
escalation-until = 截至
escalation-number = 对方编号
escalation-open-portal = 全部复制并打开门户
escalation-copy = 复制
escalation-copy-all = 全部复制
escalation-filed = 已提交
escalation-withdraw = 撤回
escalation-ask = 询问进展
escalation-word = 给 { $name } 的消息；客户看不到
escalation-tell = 发送
escalation-answer = 对方的答复
escalation-return = 记录答复
escalation-inform = 告知客户
escalation-approve = 认可
escalation-send-back = 退回
escalation-send-back-reason = 为什么还不够
escalation-give-back = 交还
escalation-give-back-answer = 您给 { $name } 的答复
escalation-severity = 对方处的严重程度
escalation-lost = 自 { $since } 起无法联系：{ $why }。系统会自动重试，不会丢失任何内容。
escalation-clock = 何时由谁持有
escalation-held-here = 本处
escalation-team = 我们自己的用时
escalation-team-used = 已用 { $used }，共 { $target }
escalation-team-late = 已用 { $used }，共 { $target }：超时
escalation-theirs = 供应商的承诺
escalation-from = 由 { $name } 移交
escalation-to = 交给 { $name }

## The list

nav-handovers = 移交
handovers-ours = 等我们处理
handovers-theirs = 等他人处理
handovers-empty = 没有移交
handovers-empty-text = 没有人向您提出移交，您的工单也都不在他人处。
handovers-offer = { $name } 提出的移交
handovers-accept = 接受
handovers-decline = 拒绝
handovers-decline-reason = 拒绝原因
handovers-late = 逾期
handovers-lost = 无法联系

## Partners

settings-partners = 合作伙伴
partners-empty = 没有已配对的服务台
partners-empty-text = 邀请一个服务台，或接受邀请，工单就可以往来。
partners-invite = 邀请服务台
partners-invite-text = 持有该文字的人可在一周内配对一次。请通过您信任的途径转交，并在电话中核对指纹。
partners-as = 对方作为谁帮助我们
partners-as-nobody = 对方不帮助我们
partners-made = 邀请
partners-made-text = 只显示一次。
partners-fingerprint = 指纹
partners-accept = 接受邀请
partners-invitation = 邀请
partners-pair = 配对
partners-revoke = 不再信任
partners-revoked = 不再信任
partners-key = 我们的密钥
partners-key-new = 新密钥
partners-key-new-text = 已配对的服务台会收到用旧密钥签名的通知。已开始的移交继续使用旧密钥。
partners-address = 地址
