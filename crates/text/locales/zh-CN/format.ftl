# Distances in time and amounts of working time, short enough for a column of a table.
# Months and years begin at 2.
format-now = 现在
format-just-now = 刚刚
format-in-minutes = { $n }分钟后
format-minutes-ago = { $n }分钟前
format-in-hours = { $n }小时后
format-hours-ago = { $n }小时前
format-in-days = { $n }天后
format-days-ago = { $n }天前
format-in-months = { $n }个月后
format-months-ago = { $n }个月前
format-in-years = { $n }年后
format-years-ago = { $n }年前
format-under-a-minute = 不到1分钟
format-minutes = { $minutes }分钟
format-hours = { $hours }小时
format-hours-minutes = { $hours }小时{ $minutes }分钟
