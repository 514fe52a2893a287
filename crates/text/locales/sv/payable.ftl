# Vad leverantörer fakturerar oss.

nav-billing = Fakturering
payables = Vad vi är skyldiga
payables-text = Fakturor från Microsoft och andra leverantörer, de nyaste först.
payables-none = Ingen faktura än
payables-none-text = Så snart en leverantörs faktura har importerats står den här med vad som ska betalas och när.

permission-payables-view = Se vad leverantörer fakturerar oss, rad för rad, och vad som förfaller
permission-payables-manage = Importera leverantörers fakturor, registrera betalningar till dem, bestrida och reklamera
permission-receivables-view = Se vad kunder faktureras, är skyldiga och har betalat
permission-receivables-manage = Utfärda och kreditera fakturor till kunder, registrera deras betalningar
permission-charges-view = Se kunders betalda support: saldon, paket, priser, registrerad tid
permission-charges-log = Registrera tid och uppskatta debiterbart arbete
permission-charges-manage = Ange priser, sälja förbetald support, efterskänka och rätta debiteringar
