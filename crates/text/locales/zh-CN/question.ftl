# 关于发票的问题：工单所问的行，以及对它的答复。

questions = 发票明细
questions-linked = 它询问 { $n } 个发票明细。
questions-link = 关联一行
questions-named = 请求中提到
questions-unlink = 移除
questions-draft = 起草答复
questions-not-theirs = 提问者不接收该客户的发票。请确认是否可以告知这些金额。
questions-supplier = 供应商的收费
questions-about = 询问它的工单
question-open = 尚未确认
question-accepted = { $who }：“没有问题”，{ $when }
question-disputed = 有异议，须在 { $day } 前答复
question-line = 发票 { $number }（{ $day }）第 { $line } 行：{ $what }
question-times = { $quantity } × { $price } = { $net }，不含增值税。
question-times-rounded = { $quantity } × { $price } = { $exact }，四舍五入为 { $net }，不含增值税。
question-vat = 加上 { $rate }% 的增值税 { $tax }，合计 { $gross }。
question-vat-none = 不加增值税：{ $why }。
question-new = 上一张发票 { $number }（{ $day }）上没有它。
question-same = 与上一张发票 { $number }（{ $day }）上的金额相同。
question-more = 上一张发票 { $number }（{ $day }）上为 { $before }，不含增值税。现在多了 { $by }：
question-less = 上一张发票 { $number }（{ $day }）上为 { $before }，不含增值税。现在少了 { $by }：
question-part-quantity = 数量，之前 { $before }，现在 { $now }：{ $amount }
question-part-price = 单价，之前 { $before }，现在 { $now }：{ $amount }
question-whole-same = 发票 { $number } 含税 { $now }，与之前的 { $before } 相同。
question-whole-more = 发票 { $number } 含税 { $now }，之前的 { $before } 为 { $was }。多了 { $by }：
question-whole-less = 发票 { $number } 含税 { $now }，之前的 { $before } 为 { $was }。少了 { $by }：
question-cause-quantity = 数量变化：{ $amount }
question-cause-price = 价格变化：{ $amount }
question-cause-new = 新增：{ $amount }
question-cause-gone = 不再有：{ $amount }
question-cause-vat = 增值税：{ $amount }
question-thanks = 感谢您就发票提出问题。
question-portal = 在我们的门户中，您可以在此请求的页面上确认某一行没有问题，或提出异议。有异议的行会暂缓，直到我们答复；发票的其余部分仍须支付。
question-portal-others = 贵公司接收发票的人可以在我们的门户中确认某一行没有问题，或提出异议。有异议的行会暂缓，直到我们答复；发票的其余部分仍须支付。
help-question = 您关于发票的问题
help-question-right = 没有问题
help-question-wrong = 有问题
event-line-linked = { $who } 关联了发票 { $number } 的第 { $line } 行
event-line-unlinked = { $who } 移除了发票 { $number } 的第 { $line } 行
event-line-accepted = { $who } 确认发票 { $number } 的第 { $line } 行没有问题
event-line-disputed = { $who } 对发票 { $number } 的第 { $line } 行有异议
deed-question-link = 工单关联到发票明细
deed-question-unlink = 取消工单与发票明细的关联
deed-question-accept = 客户确认发票明细没有问题
