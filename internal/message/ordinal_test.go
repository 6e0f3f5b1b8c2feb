package message_test

import (
	"testing"

	"mcp-taskdetails/internal/message"
)

func TestOrdinal(t *testing.T) {
	for text, want := range map[string]int{
		"第2张图片下载失败，请检查图片链接是否可公网访问。": 2,
		"第二张图片过大":                                              2,
		"The second image could not be read.":                  2,
		"the 3rd reference image was refused":                  3,
		"Invalid image file or mode for image 1, please check": 1,
		"image #2: too small":                                  2,
		"Invalid value for image_urls[2]: no file":             3,
		"referenceImages[0] is too small":                      1,
		"images[1] is too small":                               2,
		"image at index 0 is too small":                        1,
		"at most 2 images":                                     0,
		"image 300 px":                                         0,
		"the first image and the second image":                 0,
		"an image of 3 cats":                                   0,
		"images must have 3 channels":                          0,
		"image 2 of the list: image 2 is too small":            2,
		"image 5000px":                                         0,
		"last_frame_image: file size exceeds 20MB":             message.Last,
		"image_tail: file size exceeds 10MB":                   message.Last,
		"start of the image":                                   0,
		"Das zweite Bild ist zu klein":                         2,
		"La tercera imagen es demasiado grande":                3,
	} {
		if got := message.Ordinal(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
