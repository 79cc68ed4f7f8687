"""Times `ocfl validate` and the writing of objects against their limits: part of bench.py, as `bench.py ocfl`.

A = 64 files of 16 MiB, B = 20,000 of 4 KiB, C = 100,000 of 100 bytes, each one object; A and B are made by ocfl-py, which
is also the limit, C by the store, since ocfl-py needs more than ten minutes for it; and a storage root of 20,000 small
objects. `openssl dgst -sha512`, two at a time, is the other limit of A.
"""
import os, pathlib, random, shutil, subprocess

from bench import BERKAS, ROOT, RUNS, WORK, compare, fresh, peak, peer, prepares, run, settle, spread, timed

SHAPES = {"A": (64, 16 << 20, 0.55), "B": (20_000, 4096, 0.25), "C": (100_000, 100, 0.35)}
OBJECTS = int(os.environ.get("BENCH_OBJECTS", "20000"))
OPENSSL_TWO = "find \"$0\" -type f -name '*.bin' -print0 | xargs -0 -n 8 -P 2 openssl dgst -sha512"
MAKE = """
import sys, ocfl
metadata = ocfl.VersionMetadata(message="ingestion", name="x", address="mailto:x@example.org")
ocfl.Object(identifier="urn:bench").create(srcdir=sys.argv[1], metadata=metadata, objdir=sys.argv[2])
"""
ROOT_OF_MANY = """
import pathlib, sys, ocfl
source, target, count = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
store = ocfl.StorageRoot(root=str(target), layout_name="0003-hash-and-id-n-tuple-storage-layout")
store.initialize()
metadata = ocfl.VersionMetadata(message="ingestion", name="x", address="mailto:x@example.org")
for index in range(count):
    identifier = f"urn:bench:{index:06}"
    (source / "one.txt").write_text(identifier)
    place = target / store.object_path(identifier)
    place.parent.mkdir(parents=True, exist_ok=True)
    ocfl.Object(identifier=identifier).create(srcdir=str(source), metadata=metadata, objdir=str(place))
"""


def validator():
    """How ocfl-py is asked for its verdict."""
    return [peer(), str(pathlib.Path(peer()).parent / "ocfl-validate.py")]


def source(name):
    """The files of an object; made once."""
    folder = WORK / f"ocfl-source-{name}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        count, size, _ = SHAPES[name]
        rng = random.Random(name)
        for index in range(count):
            path = folder / "files" / f"{index // 1000:03}" / f"berkas-{index:06}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(rng.randbytes(size))
        (folder / "ready").touch()
    return folder / "files"


def ocfl_object(name):
    """One of the three objects; made once."""
    folder = WORK / f"ocfl-{name}"
    if not (folder / "inventory.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        maker = [store_bench()] if name == "C" else [peer(), "-c", MAKE]
        run([*maker, str(source(name)), str(folder)])
    return str(folder)


def store_bench():
    """The program that writes one object through the store; built."""
    run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", "store-bench"], cwd=ROOT)
    return str(ROOT / ".build/release/store-bench")


def many():
    """A storage root of many objects of one small file each; made once."""
    folder, one = WORK / f"ocfl-root-{OBJECTS}", WORK / "ocfl-one"
    if not (WORK / f"ocfl-root-{OBJECTS}.ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        one.mkdir(exist_ok=True)
        run([peer(), "-c", ROOT_OF_MANY, str(one), str(folder), str(OBJECTS)])
        (WORK / f"ocfl-root-{OBJECTS}.ready").touch()
    return str(folder)


def bench_ocfl():
    for name, (count, size, target) in SHAPES.items():
        folder = ocfl_object(name)
        settle()
        ours = lambda: run([BERKAS, "ocfl", "validate", folder])
        print(f"ocfl validate of {name}, one object of {count} files of {size} bytes; limit: ocfl-py 2.1.0")
        compare(f"ocfl {name}", ours, lambda: run([*validator(), folder]), target)
        if name == "A":
            print("the same; limit: openssl dgst -sha512, two at a time")
            compare("ocfl A", ours, lambda: run(["sh", "-c", OPENSSL_TWO, folder]), 1.15)
        print("  memory: %.0f MB (status %d)\n" % peak([BERKAS, "ocfl", "validate", folder]), flush=True)
    root = many()
    settle()
    print(f"ocfl validate of a storage root of {OBJECTS} objects; limit: ocfl-py 2.1.0, validating root and objects")
    compare("root", lambda: run([BERKAS, "ocfl", "validate", root]), lambda: run([*validator(), root]), 0.10, runs=min(RUNS, 3))
    print("  memory: %.0f MB (status %d)\n" % peak([BERKAS, "ocfl", "validate", root]), flush=True)
    writing()


def writing():
    """One object of B and of C, by the store with every sync, by ocfl-py with none."""
    ours = store_bench()
    for name in ("B", "C"):
        files = str(source(name))

        def into_fresh(*words):
            @prepares
            def prepare():
                target = fresh("written")
                settle()
                return lambda: run([*words, files, str(target)])
            return prepare

        print(f"one object of {name} written by the store, every sync included; limit: ocfl-py, which syncs nothing")
        if name == "B":
            compare(f"write {name}", into_fresh(ours), into_fresh(peer(), "-c", MAKE), 1.0, runs=min(RUNS, 3))
        else:
            against_patience(into_fresh(ours), [peer(), "-c", MAKE, files, str(fresh("written"))])


def against_patience(ours, limit, patience=120):
    """Where the limit takes too long to be waited for: our time, and whether the limit was done in `patience` seconds."""
    times = [timed(ours()) for _ in range(3)]
    print(f"  berkas   {spread(times)} s")
    try:
        seconds = timed(lambda: subprocess.run(limit, check=True, stdout=subprocess.DEVNULL, timeout=patience))
        print(f"  limit    {seconds:.3f} s, once")
    except subprocess.TimeoutExpired:
        print(f"  limit    given up after {patience} s: the ratio is below {max(times) / patience:.3f}   target: at most 1.0")
    print(flush=True)
