package export

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// Shard is one of Count parts of all tasks, numbered from 0. The zero value is all of them.
type Shard struct{ Index, Count int }

// ParseShard reads i/n, such as 0/4 to 3/4.
func ParseShard(text string) (Shard, error) {
	index, count, ok := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(count)
	switch {
	case !ok || err1 != nil || err2 != nil:
		return Shard{}, fmt.Errorf("%q is not a shard; write i/n with i from 0, such as 0/4", text)
	case n < 1:
		return Shard{}, fmt.Errorf("%q has no shards; n of i/n is 1 or more", text)
	case i < 0 || i >= n:
		return Shard{}, fmt.Errorf("%q is no shard of %d: they are 0/%d to %d/%d", text, n, n, n-1, n)
	}
	return Shard{Index: i, Count: n}, nil
}

// holds tells whether a task is of this part: by FNV-1a of its id's 16 bytes, which is the same on every machine and in
// every version of this program.
func (s Shard) holds(k key) bool {
	if s.Count <= 1 {
		return true
	}
	h := fnv.New64a()
	_, _ = h.Write(k[:])                                // never fails
	return h.Sum64()%uint64(s.Count) == uint64(s.Index) //nolint:gosec // neither is negative
}

// key is a task id without its letter case and hyphens.
type key [16]byte

// keyOf reads an id of the form 8-4-4-4-12.
func keyOf(id string) (k key, ok bool) {
	if len(id) != 36 {
		return k, false
	}
	digits := []byte(id[:8] + id[9:13] + id[14:18] + id[19:23] + id[24:])
	n, err := hex.Decode(k[:], digits)
	return k, err == nil && n == len(k) && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-'
}
