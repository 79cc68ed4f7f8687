// What GRDB does not hand out of SQLite: calls with variable arguments, and the hook behind a commit. Imported by `Catalogue`
// only.
#include <errno.h>
#include <sqlite3.h>
#include <stdint.h>
#include <sys/file.h>

// Nothing in the file may act: no trigger, no function that a schema names, no extension, no write to what SQLite keeps for
// itself (https://www.sqlite.org/security.html).
static inline int berkas_sqlite_distrust(sqlite3 *db) {
    int failed = 0;
    failed |= sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    failed |= sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    failed |= sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)0);
    failed |= sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
    failed |= sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, (int *)0);
    return failed;
}

// Whether the write-ahead log stays as it is when the last connection closes.
static inline int berkas_sqlite_keep_log(sqlite3 *db, int keeps) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}

// Folds the write-ahead log into the file and cuts it, unless somebody reads. `folder` is the descriptor of the folder whose lock
// the readers share (`FolderMark`), -1 where there is none.
static inline int berkas_sqlite_cut_log(int folder, sqlite3 *db, const char *schema) {
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return SQLITE_BUSY;
    int logged = -1, folded = -1;
    sqlite3_busy_timeout(db, 200);
    int result = sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_TRUNCATE, &logged, &folded);
    sqlite3_busy_timeout(db, 30000);
    // A log that is folded and not cut, since another program reads it, is begun anew by the next commit: no reader of ours
    // may come in between, so that the mark stays until it is cut.
    if (folder >= 0 && !(result == SQLITE_BUSY && folded > 0 && folded == logged)) flock(folder, LOCK_UN);
    return result;
}

// Behind a commit: cuts a long write-ahead log.
static inline int berkas_sqlite_fold_log(void *mark, sqlite3 *db, const char *schema, int pages) {
    if (pages >= 1000) berkas_sqlite_cut_log((int)(intptr_t)mark, db, schema);
    return SQLITE_OK;
}

// A layer over the file system for one who reads: it takes no locks, opens nothing to write, makes nothing and removes nothing.
// SQLite's own would open a write-ahead log for writing, make it where it is missing and, run by root, change its owner.
static inline sqlite3_vfs *berkas_sqlite_lockless(void) { return sqlite3_vfs_find("unix-none"); }

static inline int berkas_sqlite_open_to_read(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    sqlite3_vfs *below = berkas_sqlite_lockless();
    // A file without a name is SQLite's own, and goes when it is closed.
    if (name) flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_DELETEONCLOSE)) | SQLITE_OPEN_READONLY;
    // A log that is named as one gets the database's owner, by root, however it is opened; one of this name does not.
    if (flags & SQLITE_OPEN_WAL) flags = (flags & ~SQLITE_OPEN_WAL) | SQLITE_OPEN_SUPER_JOURNAL;
    return below->xOpen(below, name, file, flags, out);
}

static inline int berkas_sqlite_remove_nothing(sqlite3_vfs *vfs, const char *name, int syncs) {
    (void)vfs, (void)name, (void)syncs;
    return SQLITE_READONLY;
}

// Makes the layer known as "berkas-reading"; once in a process.
static inline int berkas_sqlite_register_reading(void) {
    static sqlite3_vfs reading;
    sqlite3_vfs *below = berkas_sqlite_lockless();
    if (!below) return SQLITE_ERROR;
    reading = *below;
    reading.pNext = 0;
    reading.zName = "berkas-reading";
    reading.xOpen = berkas_sqlite_open_to_read;
    reading.xDelete = berkas_sqlite_remove_nothing;
    return sqlite3_vfs_register(&reading, 0);
}

static inline void berkas_sqlite_fold_behind_commits(sqlite3 *db, int folder) {
    sqlite3_wal_hook(db, berkas_sqlite_fold_log, (void *)(intptr_t)folder);
}
