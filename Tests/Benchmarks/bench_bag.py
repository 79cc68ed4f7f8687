"""Times `bag validate` and `pack` against their limits: part of bench.py, as `bench.py bag` and `bench.py pack`.

A = 64 files of 16 MiB, B = 20,000 of 4 KiB, C = 100,000 of 100 bytes, each a bag with one SHA-512 manifest, made once by
bagit-python, which is also the limit. `openssl dgst -sha512`, two at a time, is the other limit of A.
"""
import itertools, random, shutil, sys

from bench import BERKAS, ROOT, WORK, compare, fresh_home, peak, run, settle

SHAPES = {"A": (64, 16 << 20, 0.55), "B": (20_000, 4096, 0.25), "C": (100_000, 100, 0.25)}
OPENSSL_TWO = "find \"$0\" -type f -print0 | xargs -0 -n 8 -P 2 openssl dgst -sha512"


def peer():
    """The folder of an environment that holds bagit-python, made where it is missing."""
    folder = ROOT / ".build/peers/bagit--1.9.0"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)])
        run([str(folder / "bin/pip"), "install", "--quiet", "bagit==1.9.0"])
        (folder / "ready").touch()
    return folder / "bin"


def bag(name):
    """One of the three bags; made once."""
    folder = WORK / f"bag-{name}"
    if (folder / "tagmanifest-sha512.txt").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    count, size, _ = SHAPES[name]
    rng = random.Random(name)
    for index in range(count):
        path = folder / f"{index // 1000:03}" / f"berkas-{index:06}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rng.randbytes(size))
    make = "import bagit, sys; bagit.make_bag(sys.argv[1], checksums=['sha512'])"
    run([str(peer() / "python3"), "-c", make, str(folder)])
    return folder


def bench_bag():
    python, script = str(peer() / "python3"), str(peer() / "bagit.py")
    for name, (count, size, target) in SHAPES.items():
        folder = str(bag(name))
        settle()
        ours = lambda: run([BERKAS, "bag", "validate", folder])
        print(f"bag validate of {name} ({count} files of {size} bytes); limit: bagit-python 1.9.0")
        compare(f"bag {name}", ours, lambda: run([python, script, "--validate", "--quiet", folder]), target)
        if name == "A":
            print("the same; limit: openssl dgst -sha512, two at a time")
            compare("bag A", ours, lambda: run(["sh", "-c", OPENSSL_TWO, folder + "/data"]), 1.15)
        print("  memory: %.0f MB (status %d)\n" % peak([BERKAS, "bag", "validate", folder]), flush=True)
    for ending, words in (("tar", ["tar", "-cf"]), ("tar.gz", ["tar", "-czf"]), ("tar.zst", ["tar", "--zstd", "-cf"])):
        path = WORK / f"bag-A.{ending}"
        if not path.exists():
            run([*words, str(path), "-C", str(WORK), "bag-A"])
        print("  A in %s, read as a stream: %.0f MB of memory (status %d)" % (ending, *peak([BERKAS, "bag", "validate", str(path)])))
    print(flush=True)


FORMATS = {
    "tar": ["--format", "pax"],
    "tar.gz": ["--format", "pax", "-z", "--options", "gzip:compression-level=6"],
    "tar.zst": ["--format", "pax", "--zstd", "--options", "zstd:compression-level=3"],
    "zip": ["--format", "zip", "--options", "zip:compression=store"],
}


def year_of_a():
    """A home that holds the 64 files of A as 64 records of one year."""
    folder = WORK / "pack-A"
    if not (folder / "intake.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        count, size, _ = SHAPES["A"]
        rng = random.Random("pack")
        for index in range(count):
            (folder / f"scan-{index:02}.bin").write_bytes(rng.randbytes(size))
        rows = "".join(f"scan-{index:02}.bin,2024,10,rkt\n" for index in range(count))
        (folder / "intake.csv").write_text("path,year,step,type\n" + rows)
    home = fresh_home("home-pack")
    run([BERKAS, "--home", str(home), "ingest", str(folder)])
    return home


def bench_pack():
    home = year_of_a()
    for ending, options in FORMATS.items():
        numbers = itertools.count()

        def pack():
            run([BERKAS, "--home", str(home), "pack", "--year", "2024", "--to", str(WORK / f"pack-{next(numbers)}.{ending}")])

        def bsdtar():
            path = str(WORK / f"pack-limit-{next(numbers)}.{ending}")
            run(["bsdtar", *options, "-cf", path, str(home / "store")])
            run(["sync", "-f", path])

        settle()
        print(f"pack A as {ending}, every byte digested twice and synced; limit: bsdtar, same format and level, then sync -f")
        compare(f"pack {ending}", pack, bsdtar, 1.2)
        for path in WORK.glob("pack-*.*"):
            path.unlink()
