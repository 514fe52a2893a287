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
