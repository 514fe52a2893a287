# Distances in time and amounts of working time, short enough for a column of a table.
# Months and years begin at 2.
format-now = jetzt
format-just-now = gerade eben
format-in-minutes = in { $n } Min.
format-minutes-ago = vor { $n } Min.
format-in-hours = in { $n } Std.
format-hours-ago = vor { $n } Std.
format-in-days =
    { $n ->
        [one] in { $n } Tag
       *[other] in { $n } Tagen
    }
format-days-ago =
    { $n ->
        [one] vor { $n } Tag
       *[other] vor { $n } Tagen
    }
format-in-months = in { $n } Monaten
format-months-ago = vor { $n } Monaten
format-in-years = in { $n } Jahren
format-years-ago = vor { $n } Jahren
format-under-a-minute = < 1 Min.
format-minutes = { $minutes } Min.
format-hours = { $hours } Std.
format-hours-minutes = { $hours } Std. { $minutes } Min.
