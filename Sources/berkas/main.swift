import BerkasCommands
import Glibc
import TextExtraction

let words = Array(CommandLine.arguments.dropFirst())
// This program, started by itself to read one file with nothing else in reach.
if let first = words.first, first.utf8.elementsEqual(ReaderHelper.word.utf8) {
    exit(ReaderHelper.run(Array(words.dropFirst())))
}
exit(BerkasProgram.run(CommandWords.own))
