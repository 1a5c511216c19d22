"""What a command shows on a terminal of so many columns, with colours: terminal.py COLUMNS COMMAND [ARGUMENT ...]

Ends with the command's exit status.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

columns, *command = sys.argv[1:]
screen, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, int(columns), 0, 0))
process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=terminal, stderr=terminal)
os.close(terminal)
while True:
    try:
        shown = os.read(screen, 65536)
    except OSError:  # Linux, once nobody writes any more
        break
    if not shown:
        break
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
sys.exit(process.wait())
