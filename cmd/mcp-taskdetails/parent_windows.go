package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// parentProcess is known by a handle, which stays its own when the number is given to another process.
type parentProcess struct{ handle windows.Handle }

// openParent refuses a process that began after this one: the parent is gone, and its number was given away.
func openParent() (parentProcess, error) {
	handle, err := windows.OpenProcess(windows.SYNCHRONIZE|windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(os.Getppid())) //nolint:gosec // a process id has 32 bits
	if err != nil {
		return parentProcess{}, err
	}
	p := parentProcess{handle}
	parents, err := began(handle)
	if err == nil {
		var own windows.Filetime
		if own, err = began(windows.CurrentProcess()); err == nil && parents.Nanoseconds() > own.Nanoseconds() {
			err = errors.New("the parent is gone, and its number was given to another process")
		}
	}
	if err != nil {
		p.close()
		return parentProcess{}, err
	}
	return p, nil
}

func began(process windows.Handle) (windows.Filetime, error) {
	var creation, exit, kernel, user windows.Filetime
	err := windows.GetProcessTimes(process, &creation, &exit, &kernel, &user)
	return creation, err
}

func (p parentProcess) gone() bool {
	event, err := windows.WaitForSingleObject(p.handle, 0)
	return err == nil && event == windows.WAIT_OBJECT_0
}

func (p parentProcess) close() { _ = windows.CloseHandle(p.handle) }
