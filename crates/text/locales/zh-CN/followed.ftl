# 在 Microsoft 继续处理的移交，以及从不答复的服务台。

## Mails to agents

mail-notice-supplier-stuck-subject = [#{ $number }] 未能转达：{ $subject }
mail-notice-supplier-stuck-body = 工单 #{ $number }“{ $subject }”要转给供应商的内容，没有您的处理就无法送达。原因见工单页面。
occasion-supplier-stuck = 移交需要人工处理才能继续

## What is written to a supplier

package-severity-now = 此请求的严重程度现为 { $severity }。

## What the history says

event-followed = { $with } · { $number }：{ $state }
leg-let-go = 不再等待
request-unknown = 状态未知
request-open = 处理中
request-waits = 等待我们
request-closed = 已关闭

## What can go wrong

problem-azure-incomplete = Microsoft 无法确定要提交的内容：需要租户、订阅、服务和问题类型。您写的内容已保留；请从 Microsoft 的列表中选择。
problem-azure-no-place = Microsoft 需要知道提交者所在的国家/地区，而您账户的时区没有指明。请在账户页面选择某个地点的时区；您写的内容已保留。
problem-not-opener = 只有发起移交的服务台才能不再等待持有者而继续处理。

## The panel on a ticket

followed-filing = 正在向 Microsoft 提交；编号会自动出现。
followed-read = 读取于
followed-again = 再次尝试
followed-waiting = { $n ->
   *[other] 有 { $n } 条消息等待转达。
}
followed-renumber = 更正编号
azure-service = Microsoft 的服务
azure-problem = 问题类型
azure-choose = 请选择……
azure-lists = “保留并检查”会取来 Microsoft 的列表供选择。
azure-no-lists = 无法读取 Microsoft 的列表：
let-go = 不再等待 { $name }，继续处理
let-go-text = 会告知 { $name }，工单立即重新归您处理。对方之后发来的内容会显示在这里，但不再改变任何状态。
let-go-reason = 为什么不再等待
