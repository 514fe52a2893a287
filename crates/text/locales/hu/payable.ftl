# Amit a szállítók nekünk számláznak.

nav-billing = Számlázás
payables = Amivel mi tartozunk
payables-text = A Microsoft és más szállítók számlái, a legújabbak elöl.
payables-none = Még nincs számla
payables-none-text = Amint egy szállító számláját beolvasták, itt áll azzal, hogy mennyi és mikor esedékes.

permission-payables-view = Látni, mit számláznak nekünk a szállítók tételenként, és mi esedékes
permission-payables-manage = Szállítói számlák beolvasása, feléjük történt fizetések rögzítése, vitatás és visszakövetelés
permission-receivables-view = Látni, mit számlázunk az ügyfeleknek, mivel tartoznak és mit fizettek
permission-receivables-manage = Ügyfélszámlák kiállítása és jóváírása, befizetések rögzítése
permission-charges-view = Az ügyfelek fizetett támogatását látni: egyenlegek, csomagok, díjak, rögzített idő
permission-charges-log = Idő rögzítése és fizetős munka becslése
permission-charges-manage = Díjak megadása, előre fizetett támogatás eladása, díjak elengedése és javítása
