# 供应商向我们收取的费用。

nav-billing = 账务
payables = 我们的应付款
payables-text = Microsoft 和其他供应商的发票，最新的在前。
payables-none = 还没有发票
payables-none-text = 导入供应商的发票后，会在此显示应付金额和到期日。

permission-payables-view = 逐行查看供应商向我们收取的费用及到期款项
permission-payables-manage = 导入供应商发票、记录对其付款、提出争议和索赔
permission-receivables-view = 查看向客户开具的账单、客户欠款和付款
permission-receivables-manage = 向客户开具和冲销发票、记录客户付款
permission-charges-view = 查看客户的付费支持：余额、服务包、费率、已记录工时
permission-charges-log = 记录工时并估算收费工作
permission-charges-manage = 设置费率、销售预付支持、减免和更正收费

## Invoices and what is due

payables-new = 录入发票
payables-owed = 未付
payables-overdue = { $amount } 已逾期
payables-next = 下一笔到期日 { $date }
payables-none-open = 没有未付款项。
payables-number = 编号
payables-supplier = 供应商
payables-dated = 日期
payables-due = 到期日
payables-due-hint = 留空：开票日后 60 天（同 Microsoft）
payables-total = 总额
payables-open = 未付
payables-state = 状态
payables-lines = 明细行
payables-left = { $n ->
    [0] 今天
   *[other] { $n } 个工作日
}
payables-kind = 单据
payables-amends = 作废或替换的发票编号
payables-begins = 计费起始
payables-ends = 计费截止
payables-currency = 货币
payables-remark = 备注
payables-period = 计费期间
payable-kind-invoice = 发票
payable-kind-void-note = 作废单
payable-kind-adjustment-note = 调整单
payable-standing-void = 已作废
payable-standing-credit = 贷项
payable-standing-paid = 已付
payable-standing-open = 未付
payable-standing-overdue = 逾期

## Lines against the invoice

payable-adds-up = 相符
payable-adds-up-text = 明细行合计与发票金额分毫不差。
payable-no-lines = 无明细
payable-no-lines-text = 尚未导入明细行，无法核对。
payable-mixed = 货币混杂
payable-mixed-text = 部分明细行的货币与发票不同，不跨货币合计。
payable-off = 相差 { $amount }
payable-off-text = 明细合计减发票：{ $amount }。
payable-why-tax = 这正好是各行税额之和。
payable-why-discounts = 这正好是各行折扣之和。
payable-why-rounding = 各行舍入可能产生这样的差额。
payable-why-unknown = 合计无法说明原因：明细行缺失或多余。
payable-counted = 计入的明细合计
payable-details-only = { $n } 行仅为其他行的细目，不计入。

## Files

payable-files = 文件
payable-upload = 导入文件
payable-upload-hint = 对帐文件（CSV）、行项目（JSON）或 PDF 发票
payable-broken = 如有错误行
payable-broken-nothing = 全部不导入
payable-broken-rest = 导入其余行
payable-content-lines = { $n } 行
payable-content-document = 文档
payable-content-unknown = 未知格式
payable-lacks = 缺失或重复的列：{ $columns }
payable-twice = 该文件已存在，未作任何更改。
payable-refused = { $n } 行有错误，未导入任何内容。
payable-not-taken = { $n } 行未导入
payable-fault = 第 { $row } 行，{ $column }
payable-fault-row = 第 { $row } 行
payable-wrong-not-a-number = 不是数字
payable-wrong-not-a-date = 不是日期
payable-wrong-not-a-currency = 不是货币代码
payable-wrong-missing = 为空
payable-wrong-cells = 单元格数与表头不符
payable-wrong-other-invoice = 属于另一张发票
payable-wrong-too-large = 数额过大
payable-wrong-not-text = 不是文本
payable-layout-legacy-license = 许可证（旧商务）
payable-layout-legacy-usage = 用量（旧商务）
payable-layout-new-commerce = 新商务
payable-layout-daily-rated = 每日计价用量
payable-layout-daily-usage = 每日用量（无价格）
payable-layout-plain = 简单表格
payable-remove-file = 删除文件及其明细行

## For whom, and payments

payable-shares = 对应客户
payable-customer = 客户
payable-nobody = 未注明
payable-all-lines = 所有明细行
payable-compare = 为何增减？
payable-payments = 付款
payable-pay = 录入付款
payable-no-payments = 尚未付款。
payable-amount = 金额
payable-paid-on = 付款日期
payable-reference = 参考号
payable-by = 录入人
payable-change = 到期日和备注

## A line, explained

payable-line = 第 { $n } 行
payable-product = 产品
payable-charge = 费用类型
payable-quantity = 数量
payable-subscription = 订阅
payable-order = 订单
payable-term = 期限
payable-cycle = 计费周期
payable-rate = 汇率
payable-promotion = 促销
payable-adjustments = 供应商说明
payable-row = 文件第 { $row } 行
payable-explained = 金额的由来
payable-whole = 仅凭计算即得出总额。
payable-not-whole = 供应商自己的数字不能完全得出其金额，差额单列为一步。
billing-step-price = 单位标价为 { $result }。
billing-step-effective = 本行单价为 { $result }；供应商未说明如何由标价得出。
billing-step-times = 共 { $by }：{ $before } × { $by } = { $result }。
billing-step-per-day = 该周期共 { $of } 天，每天：{ $before } ÷ { $of } = { $result }。
billing-step-for-days = { $by } 天：{ $before } × { $by } = { $result }。
billing-step-days = { $of } 天中计费 { $by } 天：{ $before } × { $by } ÷ { $of } = { $result }。
billing-step-each = { $of } 个中的每个：{ $before } ÷ { $of } = { $result }。
billing-step-percent = 价格减 { $by }%：{ $result }。
billing-step-exchange = 按汇率 { $by }：{ $before } × { $by } = { $result }。
billing-step-round = 四舍五入到 { $by } 位小数：{ $result }。
billing-step-cut = 截去 { $by } 位小数之后：{ $result }。
billing-step-given-back = 予以退还：{ $result }。
billing-step-rounding = 供应商自行舍入：相差 { $by }，得 { $result }。
billing-step-unexplained = 供应商的金额相差 { $by }，该行未说明原因：{ $result }。
billing-step-discount = 折扣：{ $before } − { $by } = { $result }。
billing-step-tax = 税：{ $before } + { $by } = { $result }。

## Two months

payable-months = { $name }：{ $month } 与上月对比
payable-months-text = 按发票日期归入月份。各部分均精确，合计即为差额。
payable-months-none = 这两个月没有明细行
payable-months-none-text = 这两个月的发票中没有该客户的明细行。
payable-months-cut = 明细行过多，无法全部比较，以下数字不完整。
payable-month-before = 上月
payable-month-now = 本月
payable-why = 原因
payable-difference = 差额
payable-earlier = 上一个月
payable-later = 下一个月
payable-picture = 图示
payable-cause-seats = 许可证或用量
payable-cause-price = 标价
payable-cause-days = 天数
payable-cause-promotion = 促销或抵扣
payable-cause-currency = 汇率
payable-cause-new = 新增
payable-cause-gone = 终止
payable-cause-tax = 税
payable-cause-rest = 舍入及其他

## What a line charges

payable-charge-activation-fee = 激活费
payable-charge-cancel-fee = 取消：退还该周期费用
payable-charge-cancel-prorate = 退回许可证（按比例）
payable-charge-cycle-fee = 周期费用
payable-charge-cycle-prorate = 周期内许可证（按比例）
payable-charge-prorate-cancel = 取消后未使用部分
payable-charge-prorate-convert-away = 转换后未使用部分
payable-charge-prorate-convert-to = 转换后剩余周期
payable-charge-prorate-purchase = 购买后剩余周期
payable-charge-prorate-activate = 激活后剩余周期
payable-charge-prorate-renew = 续订时的部分周期
payable-charge-purchase-fee = 购买后首个周期
payable-charge-usage-fee = 周期内用量
payable-charge-usage-at-cancel = 截至取消的用量
payable-charge-offset = 冲抵另一行
payable-charge-activation-discount = 激活折扣
payable-charge-cycle-discount = 周期折扣
payable-charge-renew-discount = 续订折扣
payable-charge-cancel-discount = 取消折扣
payable-charge-new = 新购
payable-charge-renew = 续订
payable-charge-cycle-charge = 周期费用
payable-charge-add-quantity = 增加许可证
payable-charge-remove-quantity = 减少许可证
payable-charge-move-quantity = 转移许可证
payable-charge-cancel-immediate = 立即取消
payable-charge-convert = 转换
payable-charge-change-billing-plan = 更改计费周期
payable-charge-customer-credit = 客户抵扣
payable-charge-extend-term = 延长期限
payable-charge-unknown = 未知费用

## The audit log

deed-payable-add = 已录入供应商发票
deed-payable-change = 已更改供应商发票
deed-payable-import = 已导入供应商发票文件
deed-payable-remove = 已删除供应商发票文件
deed-payable-pay = 已录入对供应商的付款
