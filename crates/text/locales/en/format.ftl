# Distances in time and amounts of working time, short enough for a column of a table.
# Months and years begin at 2.
format-now = now
format-just-now = just now
format-in-minutes = in { $n } min
format-minutes-ago = { $n } min ago
format-in-hours = in { $n } h
format-hours-ago = { $n } h ago
format-in-days =
    { $n ->
        [one] in { $n } day
       *[other] in { $n } days
    }
format-days-ago =
    { $n ->
        [one] { $n } day ago
       *[other] { $n } days ago
    }
format-in-months = in { $n } months
format-months-ago = { $n } months ago
format-in-years = in { $n } years
format-years-ago = { $n } years ago
format-under-a-minute = < 1 min
format-minutes = { $minutes } min
format-hours = { $hours } h
format-hours-minutes = { $hours } h { $minutes } min
