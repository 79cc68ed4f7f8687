#!/usr/bin/env python3
"""Times Berkas against its limits, alternately in one run: min, median and max of each, and the ratio pair by pair.

    python3 Tests/Benchmarks/bench.py [ingest] [verify] [records] [list] [memory] [bag] [pack] [ocfl] [retention] [reading] [search]

Without a name, all of them. Work happens under BENCH_DIR (default: .build/bench), on a real disk; nothing is asserted:
the targets stand beside the figures. `BENCH_RUNS` is the number of counted runs (default 5), one warm-up before them.
"""
import itertools, os, pathlib, random, shutil, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BERKAS = str(ROOT / ".build/release/berkas")
WORK = pathlib.Path(os.environ.get("BENCH_DIR", ROOT / ".build/bench"))
RUN = WORK / f"run-{os.getpid()}"
COUNTER = itertools.count()
# Keeping is timed, and reading by itself: see `reading`.
os.environ["BERKAS_NO_READ"] = "1"
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
RECORDS = int(os.environ.get("BENCH_RECORDS", "20000"))


def run(words, **options):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def timed(work):
    """Seconds of wall time that one run takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(name, ours, limit, target, runs=RUNS):
    """Runs both in turn, A B A B …, and prints their times and the ratio of each pair.

    Each is a function of no arguments, or one that prepares, untimed, and returns such a function.
    """
    ours_times, limit_times = [], []
    warm_up = 1 if runs > 1 else 0
    for index in range(runs + warm_up):
        a = timed(prepared(ours))
        b = timed(prepared(limit))
        if index >= warm_up:
            ours_times.append(a)
            limit_times.append(b)
    ratios = [a / b for a, b in zip(ours_times, limit_times)]
    for label, values in (("berkas", ours_times), ("limit", limit_times)):
        print(f"  {label:8} {spread(values)} s")
    print(f"  ratio    {spread(ratios)}   target: at most {target}")
    print(flush=True)
    return statistics.median(ratios)


def prepared(work):
    """What is to be timed: `work`, or what it returns where it is one that prepares."""
    return work() if getattr(work, "prepares", False) else work


def prepares(work):
    """Marks a function that prepares a run and returns what is to be timed."""
    work.prepares = True
    return work


def spread(values):
    return f"min {min(values):8.3f}  median {statistics.median(values):8.3f}  max {max(values):8.3f}"


def settle():
    """Lets what earlier work left behind reach the disk, so that no run pays for another's."""
    os.sync()


def fresh(name):
    """A path that was never there, for one run: nothing is removed while a benchmark runs.

    ext4 does not hand out an inode again within five minutes of its removal, and searches past such inodes one by one: a
    tree that is made after another was removed takes up to four times as long, whoever makes it.
    """
    place = RUN / f"{name}-{next(COUNTER)}"
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def fresh_home(name):
    home = fresh(name)
    run([BERKAS, "init", str(home)])
    settle()
    return home


def wait_for_inodes():
    """Waits until what an earlier run of this program removed no longer slows down what is made."""
    stamp = WORK / "removed"
    left = 310 - (time.time() - stamp.stat().st_mtime) if stamp.exists() else 0
    if left > 0:
        print(f"(waiting {left:.0f} s: ext4 is slow to make files for five minutes after many were removed)\n", flush=True)
        time.sleep(left)


def remove_runs():
    """Removes what the runs made, and notes when."""
    shutil.rmtree(RUN, ignore_errors=True)
    (WORK / "removed").touch()


def scans(count=120, size=3_000_000):
    """A few hundred MB of files as large as scans, with a manifest; made once."""
    folder = WORK / "scans"
    if not (folder / "intake.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        rng = random.Random(1)
        rows = ["path,year,step,type,title"]
        for index in range(count):
            (folder / f"scan-{index:04}.pdf").write_bytes(b"%PDF-1.4\n" + rng.randbytes(size + index))
            rows.append(f"scan-{index:04}.pdf,{2000 + index % 20},10,rkt,Pindaian {index}")
        (folder / "intake.csv").write_text("\n".join(rows) + "\n")
    return folder


def small(count=RECORDS):
    """Many small files with a manifest; made once."""
    folder = WORK / f"small-{count}"
    if not (folder / "intake.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        rng = random.Random(2)
        rows = ["path,year,step,type,title,number"]
        for index in range(count):
            name = f"{index // 1000:03}/dokumen-{index:06}.pdf"
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"%PDF-1.4\n" + rng.randbytes(4087))
            rows.append(f"{name},{2005 + index % 20},4,form-rkt,Formulir nomor {index},470/{index}/{2005 + index % 20}")
        (folder / "intake.csv").write_text("\n".join(rows) + "\n")
    return folder


DIGEST_TWO = "find \"$0\" -type f -name '*.pdf' -print0 | xargs -0 -n 8 -P 2 openssl dgst -sha512"


def ingest_of(source, name, *words):
    """An ingest of a batch into a home of its own, to be timed."""
    @prepares
    def prepare():
        home = fresh_home(name)
        return lambda: run([BERKAS, "--home", str(home), *words, "ingest", str(source)])
    return prepare


def bench_ingest():
    source = scans()
    total = sum(f.stat().st_size for f in source.glob("*.pdf"))
    print(f"ingest of {total / 1e6:.0f} MB of scans, all syncs included; limit: cp -r, openssl dgst two at a time, sync -f")

    @prepares
    def limit():
        copy = fresh("copy")
        settle()

        def work():
            run(["cp", "-r", str(source), str(copy)])
            run(["sh", "-c", DIGEST_TWO, str(copy)])
            run(["sync", "-f", str(copy)])
        return work

    compare("ingest", ingest_of(source, "home-scans"), limit, 1.5)


def bench_verify():
    home = fresh_home("home-scans")
    run([BERKAS, "--home", str(home), "ingest", str(scans())])
    settle()
    print("verify of the same; limit: openssl dgst -sha512 two at a time over the stored files")
    compare("verify", lambda: run([BERKAS, "--home", str(home), "verify"]),
            lambda: run(["sh", "-c", DIGEST_TWO, str(home / "store")]), 1.25)


OCFL_PY = """
import pathlib, sys, ocfl
source, target = map(pathlib.Path, sys.argv[1:])
for index, folder in enumerate(sorted(source.iterdir())):
    identifier = f"tag:bench.example,2026:RKT-{index:06}"
    made = target / f"{index // 1000:03}" / f"{index:06}"
    made.parent.mkdir(parents=True, exist_ok=True)
    metadata = ocfl.VersionMetadata(message="ingestion", name="x", address="mailto:x@example.org")
    ocfl.Object(identifier=identifier).create(srcdir=str(folder), metadata=metadata, objdir=str(made))
"""


def peer_source(source):
    """The same files, a folder each, as the other program wants them; hard links, made once."""
    folder = WORK / f"peer-source-{RECORDS}"
    if not folder.exists():
        for index, path in enumerate(sorted(source.rglob("*.pdf"))):
            place = folder / f"{index:06}"
            place.mkdir(parents=True)
            os.link(path, place / path.name)
    return folder


def peer():
    """The Python of an environment that holds ocfl-py, made where it is missing."""
    folder = ROOT / ".build/peers/ocfl-py--2.1.0"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)])
        run([str(folder / "bin/pip"), "install", "--quiet", "ocfl-py==2.1.0"])
        (folder / "ready").touch()
    return str(folder / "bin/python3")


def bench_records():
    source = small()
    print(f"ingest of {RECORDS} records of 4 KiB, all syncs included; limit: ocfl-py making the same objects, no sync")
    script = WORK / "peer.py"
    script.write_text(OCFL_PY)
    folders = peer_source(source)

    @prepares
    def limit():
        target = fresh("peer")
        target.mkdir()
        settle()
        return lambda: run([peer(), str(script), str(folders), str(target)])

    compare("records", ingest_of(source, "home-small", "--quiet"), limit, 0.4,
            runs=min(RUNS, int(os.environ.get("BENCH_RECORD_RUNS", "3"))))
    flat(source)


def flat(source):
    """The cost of the last thousand records against the first thousand, told from when their lines come."""
    home = fresh_home("home-flat")
    process = subprocess.Popen([BERKAS, "--home", str(home), "--json", "ingest", str(source)], stdout=subprocess.PIPE, text=True)
    begin, moments = time.perf_counter(), []
    for line in process.stdout:
        if '"kind":"kept"' in line:
            moments.append(time.perf_counter() - begin)
    process.wait()
    # Lines come a group at a time, and a group is a thousand rows.
    first = moments[1999] - moments[999]
    last = moments[-1] - moments[-1001]
    print(f"  second thousand {first:.3f} s, last thousand {last:.3f} s, ratio {last / first:.2f}   target: at most 1.2")
    thousands = [moments[index + 999] - moments[index - 1] for index in range(1000, len(moments) - 999, 1000)]
    print(f"  each thousand: {spread(thousands)} s; {len(moments) / moments[-1]:.0f} records a second\n", flush=True)


def bench_list():
    home = fresh_home("home-list")
    run([BERKAS, "--home", str(home), "--quiet", "ingest", str(small())])
    catalogue = str(home / "catalogue.sqlite")
    run([BERKAS, "--home", str(home), "list"])
    print("start-up: berkas --version; limit: true")
    compare("start", lambda: run([BERKAS, "--version"]), lambda: run(["true"]), "30 ms for berkas", runs=20)
    rows = "SELECT id, step, type, date, head, unit, title, number, bytes FROM record ORDER BY year, sequence"
    print(f"list of {RECORDS} records; limit: sqlite3 asking the same rows")
    compare("list", lambda: run([BERKAS, "--home", str(home), "list"]), lambda: run(["sqlite3", catalogue, rows]), 2)
    print(f"list --json of {RECORDS} records; limit: sqlite3 -json asking the same rows")
    every = ("SELECT access, bytes, classification, date, files, id, label, location, note, number, received, received_by,"
             " signature, signer, step, title, type, unit, head, year FROM record ORDER BY year, sequence")
    compare("json", lambda: run([BERKAS, "--home", str(home), "--json", "list"]),
            lambda: run(["sqlite3", "-json", catalogue, every]), 2)
    one = "SELECT * FROM record JOIN version ON record_row = row_id JOIN file USING (record_row, version) WHERE id = 'RKT-2010-0500'"
    show = lambda: run([BERKAS, "--home", str(home), "show", "RKT-2010-0500"])
    print("show of one record; limit: sqlite3 asking the same rows; the start-up has its own limit above")
    compare("show", show, lambda: run(["sqlite3", catalogue, one]), "2, less the start-up", runs=20)
    start, whole = (statistics.median(timed(work) for _ in range(20)) for work in (lambda: run([BERKAS, "--version"]), show))
    asked = statistics.median(timed(lambda: run(["sqlite3", catalogue, one])) for _ in range(20))
    print(f"  show {whole:.4f} s less start-up {start:.4f} s is {(whole - start) / asked:.2f} x sqlite3's {asked:.4f} s   target: at most 2\n")
    print("search for a word that every record has, and for a number")
    for words in (["formulir"], ["470/12345/2010"]):
        times = [timed(lambda: run([BERKAS, "--home", str(home), "search", *words])) for _ in range(RUNS)]
        print(f"  {' '.join(words):16} {spread(times)} s")
    print(flush=True)


def peak(words):
    """The largest memory of a finished command, in MB."""
    pid = os.posix_spawnp(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def bench_memory():
    big = fresh("big")
    big.mkdir()
    with open(big / "besar.bin", "wb") as file:
        file.truncate(int(os.environ.get("BENCH_BIG", str(10 << 30))))
    home = fresh_home("home-big")
    print("memory, the target is 150 MB at most")
    words = [BERKAS, "--home", str(home), "ingest", str(big / "besar.bin"), "--year", "2024", "--step", "10", "--type", "rkt"]
    print("  ingest of one 10 GiB file: %.0f MB (status %d)" % peak(words), flush=True)
    print("  verify of it: %.0f MB (status %d)" % peak([BERKAS, "--home", str(home), "verify"]), flush=True)
    many = small(int(os.environ.get("BENCH_MANY", "100000")))
    home = fresh_home("home-many")
    print("  ingest of 100,000 records: %.0f MB (status %d)" % peak([BERKAS, "--home", str(home), "ingest", str(many)]), flush=True)
    for words in (["ingest", str(many)], ["verify"], ["list"], ["rebuild"]):
        print("  then %s: %.0f MB (status %d)" % (words[0], *peak([BERKAS, "--home", str(home), *words])), flush=True)


def bench_retention():
    count = int(os.environ.get("BENCH_RETENTION", "1000000"))
    run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "retention-bench"], cwd=ROOT)
    folder = fresh("retention")
    folder.mkdir()
    print(f"retention of {count} records; target: dates at most 2 s a million on one core, a page of 100 at most 0.1 s", flush=True)
    subprocess.run([str(ROOT / ".build/release/retention-bench"), str(folder), str(count)], check=True)
    print(flush=True)


SAMPLES = pathlib.Path(os.environ.get("BENCH_SAMPLES", ROOT / "../shared/samples")).resolve()


def has_samples():
    """Whether the sample and its true text are here; they are not part of the project."""
    if (SAMPLES / "rkt-truth").is_dir():
        return True
    print(f"LEFT OUT: there is no sample at '{SAMPLES}' (BENCH_SAMPLES)\n", flush=True)
    return False


def bench_reading():
    if not has_samples():
        return
    run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "reading-bench"], cwd=ROOT)
    program = str(ROOT / ".build/release/reading-bench")
    subprocess.run([program, str(SAMPLES / "rkt"), str(SAMPLES / "rkt-truth")], check=True)
    print(flush=True)


def bench_search():
    if not has_samples():
        return
    count = os.environ.get("BENCH_SEARCH", "100000")
    run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "search-bench"], cwd=ROOT)
    program, truth = str(ROOT / ".build/release/search-bench"), str(SAMPLES / "rkt-truth")
    folder = fresh("search")
    folder.mkdir()
    print(f"search in {count} records with pages; each question opens the catalogue anew, as a command does", flush=True)
    subprocess.run([program, "speed", str(folder), count, truth], check=True)
    home = fresh_home("home-search")
    reading = {name: value for name, value in os.environ.items() if name != "BERKAS_NO_READ"}
    run([BERKAS, "--home", str(home), "--quiet", "ingest", str(SAMPLES / "rkt")], env=reading)
    print("search for every word of the sample's true text, as it stands there", flush=True)
    subprocess.run([program, "recall", str(folder), str(home / "catalogue.sqlite"), truth], check=True)
    print(flush=True)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    import bench_bag, bench_ocfl  # They take their helpers from here.

    known = {"ingest": bench_ingest, "verify": bench_verify, "records": bench_records, "list": bench_list, "memory": bench_memory,
             "bag": bench_bag.bench_bag, "pack": bench_bag.bench_pack, "ocfl": bench_ocfl.bench_ocfl,
             "retention": bench_retention, "reading": bench_reading, "search": bench_search}
    print(f"{RUNS} counted runs of each, alternating; wall seconds; {os.cpu_count()} cores\n", flush=True)
    wait_for_inodes()
    try:
        for name in sys.argv[1:] or known:
            known[name]()
    finally:
        remove_runs()


if __name__ == "__main__":
    main()
