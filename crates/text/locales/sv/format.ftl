# Distances in time and amounts of working time, short enough for a column of a table.
# Months and years begin at 2.
format-now = nu
format-just-now = just nu
format-in-minutes = om { $n } min
format-minutes-ago = för { $n } min sedan
format-in-hours = om { $n } tim
format-hours-ago = för { $n } tim sedan
format-in-days =
    { $n ->
        [one] om { $n } dag
       *[other] om { $n } dagar
    }
format-days-ago =
    { $n ->
        [one] för { $n } dag sedan
       *[other] för { $n } dagar sedan
    }
format-in-months = om { $n } månader
format-months-ago = för { $n } månader sedan
format-in-years = om { $n } år
format-years-ago = för { $n } år sedan
format-under-a-minute = < 1 min
format-minutes = { $minutes } min
format-hours = { $hours } tim
format-hours-minutes = { $hours } tim { $minutes } min
