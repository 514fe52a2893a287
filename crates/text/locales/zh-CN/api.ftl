## What programs are told

problem-bad-json = 请求正文不是 JSON。
problem-bad-field = 请求正文中有一个字段与文档不符。
problem-bad-query = 地址中有一个参数与文档不符。
problem-bad-cursor = 该游标不属于此列表。请从第一页重新开始。
problem-bad-idempotency-key = Idempotency-Key 须为 1 至 255 个可见的 ASCII 字符，且每个请求只能有一个。
problem-idempotency-key-in-use = 使用此 Idempotency-Key 的请求已开始，结果尚不清楚。换用其他键重试之前，请先查看现有内容。
problem-idempotency-key-reused = 此 Idempotency-Key 属于另一个请求。
problem-if-match-required = 请在 If-Match 中说明您看到的版本。

## Why something was not done

problem-invalid = 其中有不符合要求的内容。
problem-newer = 期间有人发来了消息。请先阅读，再重新发送。
problem-not-found = 此处没有内容，或您无权查看。
problem-forbidden = 您无权执行此操作。
problem-stale = 在此期间已有他人修改。请重新查看，再执行仍需要的操作。
problem-throttled = 尝试次数过多。请等待几分钟后重试。
problem-unavailable = 暂时无法完成。没有任何更改，请稍后重试。
problem-internal = 我们这边出了问题，已经记录下来。
problem-signed-out = 您已退出登录。
problem-no-token = 需要有效的 API 令牌。
problem-cross-site = 此请求并非来自本服务台的页面。请重新打开页面后再试。
problem-method-not-allowed = 该地址不接受此类请求。
problem-bad-request = 无法读取该请求。
problem-too-large = 内容过大。
problem-unsupported-type = 不接受此类型的请求。
problem-sign-in-failed = 地址或密码不正确。
problem-link-invalid = 此链接已失效。链接只能使用一次且有效期很短，请重新申请。
problem-wrong-state = 工单当前状态已不允许此操作。
problem-too-late = 已经发送。
problem-closed = 此请求已关闭。
problem-nothing-to-retry = 没有需要重试的内容。
problem-own-rights = 任何人都不能更改自己的角色或停用自己。
problem-too-many-calendars = 日历过多。
problem-required = 缺少必填内容。
problem-unknown = 所选内容不存在。
problem-taken = 该内容已被使用。
problem-too-long = 文本过长。
problem-too-short = 内容过短。
problem-is-the-address = 密码不能与地址相同。
problem-too-many = 数量过多。
problem-not-a-line = 必须是一行纯文本。
problem-not-an-address = 这不是有效的电子邮件地址。
problem-not-an-amount = 这不是有效的时间。请写成 30 min、4 h 或 1 h 30。
problem-not-a-date = 这不是有效的日期。
problem-not-a-time = 这不是有效的时间，例如 08:00-17:00。
problem-not-a-domain = 这不是有效的邮件域名。
problem-not-a-slug = 此处只能使用小写字母、数字和连字符。
problem-not-allowed = 此处不允许。
problem-not-theirs = 该联系人不属于此客户。
problem-cannot-work = 该客服人员无权处理此类工单。
problem-public = 任何人都可以拥有此域名的地址，因此它不能属于某个客户。
problem-past = 该时间已过去。
problem-undo-over = 无法再撤消：时限已过，或此后已有其他更改。
problem-too-far = 该时间在一年之后。
problem-other-customer = 另一个工单属于其他客户。
problem-merged = 那个工单本身已并入另一个工单。
problem-itself = 工单不能与自身合并。
problem-empty = 有一个时间段为空。
problem-wrong = 当前密码不正确。

## Pages that could not be shown

error-not-found = 此处没有内容
error-forbidden = 不允许
error-busy = 暂时无法完成
error-not-done = 操作未完成
error-fault = 出了问题

## What was done

done-saved = 已保存
done-sending = 您的回复正在发送
done-kept = 回复已保存，但没有可发送的地址。
done-taken-back = 已撤回回复
done-noted = 备注已保存
done-filed = 工单已登记
done-mailed = 邮件已发送
done-retrying = 正在重试
done-removed = 已移除
done-password = 密码已更改，其他会话已结束。
done-undone-some = 已撤消此后没有其他更改的部分。
done-undone = 已撤消。
done-bulk-none = 未更改任何内容。
done-bulk-some = 已在可行之处更改；其他工单保持不变。
done-bulk = 所选工单已更改。
done-merged = 已合并。
done-moved = 状态已更改。
