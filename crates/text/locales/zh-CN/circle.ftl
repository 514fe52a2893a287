# 报告漏洞的工单只向指定人员显示。

circle = 安全报告
circle-line = 仅限指定人员
circle-why = 此工单报告了 Microsoft 某个产品的漏洞。列表、搜索、计数、通知、报表和审核日志只向下列人员显示它，也不会转交给任何供应商。
circle-do = 应采取的步骤
circle-report = 请在安全响应中心报告该漏洞，最好由发现者本人报告，以便回答后续问题。
circle-keep = 不要在其他地方提及：其他工单、标签、发给供应商的邮件都不要。
circle-answer = 答复告知者；文本已准备好。
circle-open = 打开报告表单
circle-insert = 将答复放入草稿
circle-people = 谁能看到
circle-assignee = 负责此工单
circle-let-in-by-name = 已指定可见
circle-asked = 提出请求
circle-follows = 接收副本
circle-admins = 此外还有每位全局管理员。谁让谁可见记录在历史和审核日志中。
circle-agent = 客服人员
circle-let-in = 允许查看
circle-put-out = 取消查看
event-circle-opened = { $who } 让它重新按角色显示
event-circle-let-in = { $who } 允许查看：{ $names }
event-circle-put-out = { $who } 取消查看：{ $names }
problem-no-circle = 此工单按角色显示，无需指定或取消人员。
problem-security-report = 此工单报告了漏洞。它只交给 Microsoft 安全响应中心，不转交供应商，也不与其他工单合并。
problem-cannot-see = 该客服人员的角色不显示此类工单。
