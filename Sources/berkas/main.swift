import BerkasCommands
import Glibc

exit(BerkasProgram.run(Array(CommandLine.arguments.dropFirst())))
