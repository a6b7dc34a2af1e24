say() { echo "$1 with the shared library"; }
