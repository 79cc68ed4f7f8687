/// The codes of the OCFL specifications 1.0 and 1.1 for what can be wrong with objects and storage roots.
///
/// <https://ocfl.io/1.1/spec/validation-codes.html>, <https://github.com/OCFL/spec/blob/main/1.0/spec/validation-codes.md>.
/// E065, E109, W006 were never given. Those that begin with "For tools" or "For writers" speak of programs, and nothing at
/// rest can break them; E026 to E028 and E087 are used for what is merely told.
package enum OCFLCode: String, Hashable, Sendable, CaseIterable {
    /// A file or folder in an object's root that does not belong there.
    case E001
    /// An object's declaration that is no NAMASTE tag.
    case E002
    /// No declaration in an object's root, or more than one.
    case E003
    /// An object's declaration whose name is not of the form `T=dvalue`.
    case E004
    /// An object's declaration whose `T` is not 0.
    case E005
    /// An object's declaration whose name gives no version of OCFL.
    case E006
    /// An object's declaration that says something else than its name.
    case E007
    /// An object without versions.
    case E008
    /// Versions that do not start at 1.
    case E009
    /// A gap in the versions.
    case E010
    /// A padded version number without its leading zero.
    case E011
    /// Version names of several conventions.
    case E012
    /// A version name that leaves the convention of the first.
    case E013
    /// A content path that names a version folder otherwise than it is called.
    case E014
    /// A file in a version folder that is neither inventory nor sidecar.
    case E015
    /// Content outside the designated content folder, or no such folder.
    case E016
    /// A slash in `contentDirectory`.
    case E017
    /// A `contentDirectory` of one or two periods.
    case E018
    /// A `contentDirectory` that the first version does not set.
    case E019
    /// A `contentDirectory` that changes between versions.
    case E020
    /// Content elsewhere than in `content` where `contentDirectory` is not set.
    case E021
    /// For tools: other folders in a version are ignored.
    case E022
    /// A content file that a manifest does not name.
    case E023
    /// An empty folder in a content folder.
    case E024
    /// Content addressed by another algorithm than sha512 or sha256.
    case E025
    /// For writers: which fixity algorithms may be used.
    case E026
    /// For tools: which fixity algorithms must be known.
    case E027
    /// For tools: unknown fixity algorithms are ignored.
    case E028
    /// A sha1 that is not written in hexadecimal digits.
    case E029
    /// A sha256 that is not written in hexadecimal digits.
    case E030
    /// A sha512 that is not written in hexadecimal digits.
    case E031
    /// A blake2b-512 that is not written in hexadecimal digits.
    case E032
    /// An inventory that is not the JSON that the specification describes.
    case E033
    /// An inventory that is not a file named `inventory.json`.
    case E034
    /// A content path with another separator than the slash.
    case E035
    /// A key of the inventory that is missing: `id`, `type`, `digestAlgorithm` or `head`.
    case E036
    /// An `id` that is no text, or that another object of the root has too.
    case E037
    /// A `type` that is not that of the declared version of OCFL.
    case E038
    /// Digests of another algorithm than `digestAlgorithm`.
    case E039
    /// A `head` that is not the newest version.
    case E040
    /// No `manifest`, or no `versions`.
    case E041
    /// A content path that is not relative to the object's root.
    case E042
    /// No block that stores versions.
    case E043
    /// A block of versions under another key than `versions`.
    case E044
    /// A `versions` that is no JSON object.
    case E045
    /// Keys of `versions` and version folders that do not correspond.
    case E046
    /// A version that is no JSON object.
    case E047
    /// A version without `created` or `state`.
    case E048
    /// A `created` that is no date and time of RFC 3339.
    case E049
    /// A `state` that is no object, or names a digest that the manifest lacks.
    case E050
    /// A logical path that is no text, or not in an array.
    case E051
    /// A logical path with an element that is empty, `.` or `..`.
    case E052
    /// A logical path that begins or ends with a slash.
    case E053
    /// A `user` without a name.
    case E054
    /// A block of fixity under another key than `fixity`.
    case E055
    /// A key of `fixity` that names no algorithm in any list.
    case E056
    /// A block of fixity that has not the structure of a manifest, or names other files.
    case E057
    /// An inventory without its sidecar.
    case E058
    /// A sidecar of another algorithm than `digestAlgorithm`.
    case E059
    /// An inventory that does not have the digest that its sidecar names.
    case E060
    /// A sidecar that is not of the form `DIGEST inventory.json`.
    case E061
    /// For writers: the sidecar is written last.
    case E062
    /// No inventory in an object's root.
    case E063
    /// An inventory in an object's root that is not that of its newest version.
    case E064
    /// An older inventory that shows another state of a version than the newest one.
    case E066
    /// Something else than folders in an object's `extensions`.
    case E067
    /// OCFL 1.0 only: where extensions are declared.
    case E068
    /// No declaration in a storage root.
    case E069
    /// An `ocfl_layout.json` that is not the JSON it must be.
    case E070
    /// A layout that is not registered, or whose parameters define no arrangement.
    case E071
    /// A file between a storage root and its objects.
    case E072
    /// An empty folder in a storage root.
    case E073
    /// A storage root that lies in another.
    case E074
    /// A storage root's declaration that is no NAMASTE tag.
    case E075
    /// More than one declaration in a storage root.
    case E076
    /// A storage root's declaration whose name is not of the form `T=dvalue`.
    case E077
    /// A storage root's declaration whose `T` is not 0.
    case E078
    /// A storage root's declaration whose name gives no version of OCFL.
    case E079
    /// A storage root's declaration that says something else than its name.
    case E080
    /// An object of a later version of OCFL than its storage root.
    case E081
    /// An object inside another object.
    case E082
    /// An object elsewhere than the storage root's layout puts it.
    case E083
    /// A file in a folder that leads to objects.
    case E084
    /// A hierarchy of folders that ends without an object.
    case E085
    /// OCFL 1.0 only: something else than folders in a storage root's `extensions`.
    case E086
    /// For tools: unknown files in a storage root are ignored.
    case E087
    /// Folders of a storage root that lead to no object.
    case E088
    /// Something that OCFL cannot hold: a FIFO, a socket or a device.
    case E089
    /// A hard or symbolic link.
    case E090
    /// OCFL 1.0 only: file systems preserve case.
    case E091
    /// Content that does not have the digest that a manifest names, or is missing.
    case E092
    /// Content that does not have the digest that a block of fixity names, or is missing.
    case E093
    /// A `message` that is no text.
    case E094
    /// Logical paths that are the same, or one the folder of another.
    case E095
    /// A digest that a manifest names twice.
    case E096
    /// A digest that a block of fixity names twice.
    case E097
    /// A content path that is no text.
    case E098
    /// A content path with an element that is empty, `.` or `..`.
    case E099
    /// A content path that begins or ends with a slash.
    case E100
    /// Content paths that are the same, or one the folder of another.
    case E101
    /// A key that the specification does not know.
    case E102
    /// A version of an earlier OCFL than the one before it.
    case E103
    /// A version name without `v`.
    case E104
    /// A version name whose number is no positive integer.
    case E105
    /// A `manifest` that is no JSON object.
    case E106
    /// A digest in a manifest that no version uses.
    case E107
    /// A `contentDirectory` that names no child of the version folder.
    case E108
    /// An `id` that changes between versions.
    case E110
    /// A `fixity` that is no JSON object.
    case E111
    /// Something else than folders in a storage root's `extensions`.
    case E112
    /// Padded version names.
    case W001
    /// Further folders in a version folder.
    case W002
    /// A content folder in a version without content.
    case W003
    /// Content addressed by sha256.
    case W004
    /// An `id` that is no URI.
    case W005
    /// A version without `message` or `user`.
    case W007
    /// A user without `address`.
    case W008
    /// An `address` that is no URI.
    case W009
    /// A version folder without inventory.
    case W010
    /// A `created`, `message` or `user` that differs between inventories.
    case W011
    /// For writers: what the logs folder is for.
    case W012
    /// An object's extension whose name is not registered.
    case W013
    /// Objects in several layouts.
    case W014
    /// Objects both in folders of the root and directly below it.
    case W015
    /// A storage root's extension whose name is not registered.
    case W016
}
