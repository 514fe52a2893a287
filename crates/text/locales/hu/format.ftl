# Distances in time and amounts of working time, short enough for a column of a table.
# Months and years begin at 2.
format-now = most
format-just-now = az imént
format-in-minutes = { $n } perc múlva
format-minutes-ago = { $n } perce
format-in-hours = { $n } óra múlva
format-hours-ago = { $n } órája
format-in-days = { $n } nap múlva
format-days-ago = { $n } napja
format-in-months = { $n } hónap múlva
format-months-ago = { $n } hónapja
format-in-years = { $n } év múlva
format-years-ago = { $n } éve
format-under-a-minute = < 1 perc
format-minutes = { $minutes } perc
format-hours = { $hours } óra
format-hours-minutes = { $hours } óra { $minutes } perc
