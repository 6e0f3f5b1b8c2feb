package mend

import (
	"slices"
	"strconv"
)

func startsWith(path, prefix []string) bool {
	return len(path) >= len(prefix) && slices.Equal(path[:len(prefix)], prefix)
}

func isIndex(step string) bool {
	_, err := strconv.Atoi(step)
	return err == nil
}

// after is the index that follows.
func after(index string) string {
	i, err := strconv.Atoi(index)
	if err != nil {
		return index
	}
	return strconv.Itoa(i + 1)
}
