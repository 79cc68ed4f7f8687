#!/usr/bin/env python3
"""Memeriksa bundel bukti arsip; perlu Python 3.8 dan, untuk tanda tangan, program openssl. Tidak perlu Berkas.
  python3 periksa.py                              memeriksa folder tempat berkas ini berada
  python3 periksa.py --bundel FOLDER CEKPOIN …    memeriksa FOLDER, juga terhadap cekpoin lama yang Anda simpan sendiri
CEKPOIN adalah berkas, atau teks 'JUMLAH-BARIS AKAR' seperti tercetak di kertas; makin lama dan jauh dari kantor itu
disimpan, makin kuat buktinya. Pakailah periksa.py milik Anda sendiri, bukan salinan di dalam bundel.
"""
import argparse, base64, hashlib, json, os, re, struct, subprocess, tempfile, time

SEBAB = []   # segala yang salah; kosong berarti sah
def salah(*kata): SEBAB.append(" ".join(map(str, kata)))
def kode(nilai): return base64.b64encode(nilai).decode()
def akar(daun): return pohon(daun)[-1][0]
def openssl(folder, *kata): return subprocess.run(["openssl", *kata], cwd=folder, capture_output=True)

def pohon(daun):
    """Pohon Merkle menurut RFC 6962, tingkat demi tingkat dari daun ke akar; nilai yang ganjil naik sendiri."""
    tingkat = [daun or [hashlib.sha256(b"").digest()]]
    while len(b := tingkat[-1]) > 1:
        pasangan = (b[i] + b[i + 1] for i in range(0, len(b) - 1, 2))
        tingkat.append([hashlib.sha256(b"\1" + dua).digest() for dua in pasangan] + b[len(b) // 2 * 2:])
    return tingkat

def baris_tanda(ekor):   # tanda tangan sebuah catatan C2SP: [(nama, nomor kunci, tanda tangan)], persis seperti ditulis
    tanda = [(b.split(" ")[1], base64.b64decode(b.split(" ")[2])) for b in ekor.split("\n")[1:-1]]
    if ekor != "".join(["\n"] * bool(tanda) + [f"\u2014 {nama} {kode(isi)}\n" for nama, isi in tanda]):
        raise ValueError("baris tanda tangan tidak ditulis semestinya")
    return [(nama, isi[:4], isi[4:]) for nama, isi in tanda]

def cekpoin(isi):   # (nama log, jumlah baris, akar, teks yang ditandatangani, tanda tangan), persis seperti ditulis
    nama, jumlah, nilai, ekor = isi.decode().split("\n", 3)
    teks = f"{nama}\n{int(jumlah)}\n{kode(base64.b64decode(nilai))}\n"
    if teks + ekor != isi.decode() or len(nilai) != 44: raise ValueError("bukan cekpoin")
    return nama, int(jumlah), base64.b64decode(nilai), teks, baris_tanda(ekor)

def penanda(teks, tanda, kunci):
    """Kunci mana yang menandatangani teks itu: {kunci: keterangan}. Tanda tangan dengan kunci lain tidak dihitung."""
    siapa = {}
    for vkey in kunci:
        pemilik, _, isi = vkey.split("+", 2)
        bahan = base64.b64decode(isi)   # satu bita jenis kunci, lalu kunci Ed25519
        nomor = hashlib.sha256(pemilik.encode() + b"\n" + bahan).digest()[:4]
        for nilai in (isi for nama, milik, isi in tanda if (nama, milik) == (pemilik, nomor)):
            saat = struct.unpack(">Q", nilai[:8])[0] if bahan[0] == 4 else None   # 4: saksi, tanda tangannya berwaktu
            pesan = os.fsencode(teks) if saat is None else f"cosignature/v1\ntime {saat}\n{teks}".encode()
            with tempfile.TemporaryDirectory() as folder:
                bagian = (bytes.fromhex("302a300506032b6570032100") + bahan[1:], pesan, nilai[0 if saat is None else 8:])
                for nama, isi in zip("kps", bagian): open(os.path.join(folder, nama), "wb").write(isi)
                hasil = openssl(folder, *"pkeyutl -verify -pubin -keyform DER -inkey k -rawin -in p -sigfile s".split())
            if hasil.returncode: salah("tanda tangan", ascii(pemilik), "tidak benar")
            else: siapa[vkey] = "" if saat is None else time.strftime(", saksi pada %Y-%m-%d", time.gmtime(saat))
    return siapa

def sidik_folder(bundel):   # SHA-512 setiap berkas; apa pun selain berkas biasa dan folder ditolak
    sidik = {}
    for letak in (os.path.join(folder, n) for folder, anak, nama in os.walk(bundel) for n in anak + nama):
        if os.path.isfile(letak) and not os.path.islink(letak):
            nilai = sidik[os.path.relpath(letak, bundel)] = hashlib.sha512()
            with open(letak, "rb") as berkas:
                for potong in iter(lambda: berkas.read(1 << 20), b""): nilai.update(potong)
        elif os.path.islink(letak) or not os.path.isdir(letak): salah("bukan berkas biasa:", ascii(letak))
    return {jalan: nilai.hexdigest() for jalan, nilai in sidik.items()}

def periksa_arsip(arsip, peristiwa, sidik, baca):
    """Rantai dari peristiwa sampai berkas: {jalan: SHA-512} yang dijamin oleh peristiwa arsip itu."""
    inventaris, terjamin = {}, {}
    for p in peristiwa:
        baru = {f"v{p['version']}": p["detail"]["inventory"]} if p["event"] == "ingestion" else {}
        if p["event"] == "accession": baru = p["detail"]["inventories"]
        if any(inventaris.get(v, s) != s for v, s in baru.items()): salah(arsip, "mempunyai satu versi dengan dua isi")
        inventaris.update(baru)
    if set(inventaris) != {f"v{n + 1}" for n in range(len(inventaris) or 1)}: salah(arsip, "kurang peristiwa penerimaannya")
    if any(p["event"] == "disposal item removed" for p in peristiwa):
        print(f"Arsip {arsip}: sudah dikeluarkan menurut daftarnya; yang dibuktikan hanya {len(peristiwa)} peristiwanya")
        return {}
    for versi, nilai in inventaris.items():
        depan = f"arsip/{arsip}/{versi}/"
        terjamin[depan + "inventory.json"] = nilai
        if sidik.get(depan + "inventory.json") != nilai: continue   # tidak ada atau lain: disebut oleh pemanggil
        inventori = json.loads(baca(depan + "inventory.json"))
        isi = {jalan: s for s, semua in inventori["versions"][versi]["state"].items() for jalan in semua}
        terjamin.update({depan + jalan: s for jalan, s in isi.items()})
        if sidik.get(depan + "record.json") != isi["record.json"]: continue
        kata = json.loads(baca(depan + "record.json"))
        if (kata["id"], f"v{kata['version']}", inventori["head"], {b["path"]: b["sha512"] for b in kata["files"]}) != \
                (arsip, versi, versi, {jalan: s for jalan, s in isi.items() if jalan.startswith("files/")}):
            salah(arsip, versi, "record.json tidak sesuai dengan inventarisnya")
    print(f"Arsip {arsip}: {len(inventaris)} versi, {len(terjamin)} berkas, {len(peristiwa)} peristiwa")
    return terjamin

def periksa(bundel, lama, kunci):
    def baca(jalan): return open(os.path.join(bundel, jalan), "rb").read()
    sidik, semua, terjamin, isi = sidik_folder(bundel), {}, {}, baca("daun")
    nama, jumlah, nilai, teks, tanda = cekpoin(baca("cekpoin"))
    lapisan = pohon(daun := [isi[i:i + 32] for i in range(0, len(isi), 32)])
    print(f"Log {ascii(nama)}, cekpoin {jumlah} baris, akar {kode(nilai)}")
    if (len(isi), lapisan[-1][0]) != (32 * jumlah, nilai): salah("'daun' bukan pohon yang disebut cekpoin")
    urut, daftar = sorted(sidik.keys() - {"daftar.txt"}, key=os.fsencode), os.fsdecode(baca("daftar.txt"))
    tertulis = "".join(f"{sidik[jalan]}  {jalan}\n" for jalan in urut)   # seperti juga dibaca oleh sha512sum -c
    beda = set(daftar.partition("\n\n")[0].split("\n")) ^ set(tertulis.split("\n"))
    for baris in sorted(beda - {""}) or [""] * (not daftar.startswith(tertulis)):
        salah("daftar.txt dan folder tidak sesuai:", ascii(baris[130:] or baris))
    milik = kunci + [k for k in baca("kunci.txt").decode().split() if k not in kunci]
    siapa = penanda(teks, tanda, milik)   # kunci log menandatangani cekpoin, dan daftar.txt dari bundel ini
    bertanda = penanda(tertulis, baris_tanda(daftar[len(tertulis):]), [k for k in siapa if not siapa[k]])
    for jalan in (j for j in sidik if j.startswith("saksi/") and j.endswith(".cekpoin")):   # cekpoin lama, dari luar kantor
        log, banyak, nilai, isi, tanda = cekpoin(baca(jalan))
        if log != nama or banyak > jumlah or akar(daun[:banyak]) != nilai: salah(jalan, "bukan awal dari log ini")
        siapa.update(penanda(isi, tanda, milik))
        if (asal := jalan[:-8]) + ".tsr" in sidik:   # nama yang sama dengan .tsr: stempel waktu RFC 3161 atas cekpoin itu
            jawab = openssl(bundel, *f"ts -reply -in {asal}.tsr -text".split()).stdout.decode(errors="replace")
            salahkah = openssl(bundel, *f"ts -verify -in {asal}.tsr -data {jalan} -CAfile {asal}.pem".split()).returncode
            if salahkah: salah("stempel waktu tidak benar:", ascii(asal))
            else: print(f"Stempel waktu atas {banyak} baris:", *re.findall("Time stamp: (.*)", jawab), "(akar dari bundel)")
    for k in milik:
        if k not in siapa or not (siapa[k] or k in bertanda): salah("tidak ditandatangani dengan kunci", ascii(k))
        else: print(f"Tanda tangan {ascii(k)} benar{siapa[k]}" + " (kunci dari bundel sendiri)" * (k not in kunci))
    for baris in baca("peristiwa.jsonl").split(b"\n")[:-1] or salah("bundel ini tidak memuat peristiwa") or ():
        p = json.loads(baris)
        tempat, bukti, jalan = p["seq"], f"c2sp.org/tlog-proof@v1\nindex {p['seq']}\n", f"bukti/{p['seq']}.tlog-proof"
        if daun[tempat] != hashlib.sha256(b"\0" + baris).digest(): salah("peristiwa", tempat, "tidak ada di dalam log")
        for lapis in lapisan[:-1]:   # pasangan di setiap tingkat; yang naik sendiri tidak mempunyai pasangan
            bukti += kode(lapis[tempat ^ 1]) + "\n" if tempat ^ 1 < len(lapis) else ""
            tempat >>= 1
        if baca(jalan) != bukti.encode() + b"\n" + baca("cekpoin"): salah(jalan, "bukan bukti penyertaan peristiwa itu")
        terjamin[jalan] = sidik[jalan]
        semua.setdefault(p["record"], []).append(p)
    for arsip in semua: terjamin.update(periksa_arsip(arsip, semua[arsip], sidik, baca))
    for jalan in sorted({*terjamin, *sidik} - {*"periksa.py daftar.txt cekpoin daun peristiwa.jsonl kunci.txt".split()}):
        if sidik.get(jalan) != terjamin.get(jalan) and not jalan.startswith("saksi/"):
            salah("tidak ada, atau bukan yang dijamin peristiwa:", ascii(jalan))
    for kata in lama:
        isi = open(kata, errors="replace").read() if os.path.isfile(kata) else kata
        temu = re.findall(r"(\d+)\s+([A-Za-z0-9+/]{43}=)", isi) or salah("tidak ada cekpoin di dalam", ascii(kata)) or []
        for banyak, nilai in ((int(banyak), nilai) for banyak, nilai in temu):
            if banyak > jumlah: salah(f"cekpoin lama dari {banyak} baris lebih panjang dari log ini: sejarah dipotong?")
            elif kode(akar(daun[:banyak])) != nilai: salah(f"log ini tidak diawali {banyak} baris dari cekpoin lama")
            else: print(f"Cekpoin lama dari {banyak} baris: log ini kelanjutannya")
    if not lama + kunci: print("PERHATIAN: tanpa cekpoin lama atau kunci dari luar, bundel hanya cocok dengan dirinya")
    print("Tidak dibuktikan: bahwa tidak ada peristiwa lain tentang arsip ini, dan bahwa jam dan nama pelakunya benar")

if __name__ == "__main__":
    kata = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kata.add_argument("lama", nargs="*", metavar="CEKPOIN", help="cekpoin lama: berkas, atau 'JUMLAH-BARIS AKAR'")
    kata.add_argument("--bundel", default=os.path.dirname(os.path.abspath(__file__)), metavar="FOLDER")
    kata.add_argument("--kunci", action="append", default=[], metavar="VKEY", help="kunci log atau saksi yang Anda kenal")
    try: periksa(**vars(kata.parse_args()))
    except Exception as sebab: salah("tidak dapat diperiksa sampai akhir:", ascii(sebab))
    print("".join(f"- {sebab}\n" for sebab in sorted(set(SEBAB))) + ("TIDAK SAH" if SEBAB else "SAH"))
    raise SystemExit(1 if SEBAB else 0)
