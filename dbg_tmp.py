import bench.desk as d, threading, time, faulthandler
from pathlib import Path

faulthandler.dump_traceback_later(12, exit=True)
for cookies in d.served(Path("/tmp/uncounted-desk-200"), 8999):
    c = d.Client(8999, cookies[0])
    for p in ("/keys", "/", "/incidents?page=40", "/incidents"):
        r = c.ask(p)
        print(p, r[0], round(r[3] * 1000, 1))
    d.pages(c)
