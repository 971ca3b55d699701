"""OpenBLAS as a peer: the matrix product of the processor's own instructions, called through ctypes."""

import array
import ctypes
import random

import lines

try:
    blas = ctypes.CDLL('libopenblas.so.0')
except OSError:
    lines.missing('libopenblas.so.0')

ROW_MAJOR, NO_TRANSPOSE = 101, 111
blas.openblas_set_num_threads(lines.threads())
blas.openblas_get_config.restype = ctypes.c_char_p


def matrix(size):
    values = array.array('f', (random.random() - 0.5 for _ in range(size * size)))
    return (ctypes.c_float * len(values)).from_buffer(values)


def matmul(size):
    a, b, c = matrix(size), matrix(size), matrix(size)
    n, one, zero = ctypes.c_int(size), ctypes.c_float(1), ctypes.c_float(0)

    def step():
        blas.cblas_sgemm(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, n, n, n, one, a, n, b, n, zero, c, n)

    return lines.timed(step)


version = blas.openblas_get_config().decode().split()[1]
lines.serve({'openblas': version}, {'matmul': matmul})
