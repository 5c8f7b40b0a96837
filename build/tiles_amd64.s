#include "textflag.h"

// func sumTwoTiles(out, x, shares *float64, n int, total float64)
//
// Two units in one register and eight registers of sums, so that no addition
// waits for the one before it. SSE2, which every amd64 processor has: a product
// and then a sum, no fused operation, so the bits are those of sumTilesPlainly.
TEXT ·sumTwoTiles(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ shares+16(FP), DX
	MOVQ n+24(FP), CX
	MOVQ CX, R8
	SHLQ $6, R8
	ADDQ SI, R8 // the second tile: n rows of 64 bytes further on
	XORPS X0, X0
	XORPS X1, X1
	XORPS X2, X2
	XORPS X3, X3
	XORPS X4, X4
	XORPS X5, X5
	XORPS X6, X6
	XORPS X7, X7

next:
	MOVSD    (DX), X8
	UNPCKLPD X8, X8
	MOVUPD   (SI), X9
	MOVUPD   16(SI), X10
	MOVUPD   32(SI), X11
	MOVUPD   48(SI), X12
	MULPD    X8, X9
	MULPD    X8, X10
	MULPD    X8, X11
	MULPD    X8, X12
	ADDPD    X9, X0
	ADDPD    X10, X1
	ADDPD    X11, X2
	ADDPD    X12, X3
	MOVUPD   (R8), X9
	MOVUPD   16(R8), X10
	MOVUPD   32(R8), X11
	MOVUPD   48(R8), X12
	MULPD    X8, X9
	MULPD    X8, X10
	MULPD    X8, X11
	MULPD    X8, X12
	ADDPD    X9, X4
	ADDPD    X10, X5
	ADDPD    X11, X6
	ADDPD    X12, X7
	ADDQ     $8, DX
	ADDQ     $64, SI
	ADDQ     $64, R8
	DECQ     CX
	JNZ      next

	MOVSD    total+32(FP), X8
	UNPCKLPD X8, X8
	DIVPD    X8, X0
	DIVPD    X8, X1
	DIVPD    X8, X2
	DIVPD    X8, X3
	DIVPD    X8, X4
	DIVPD    X8, X5
	DIVPD    X8, X6
	DIVPD    X8, X7
	MOVUPD   X0, (DI)
	MOVUPD   X1, 16(DI)
	MOVUPD   X2, 32(DI)
	MOVUPD   X3, 48(DI)
	MOVUPD   X4, 64(DI)
	MOVUPD   X5, 80(DI)
	MOVUPD   X6, 96(DI)
	MOVUPD   X7, 112(DI)
	RET
