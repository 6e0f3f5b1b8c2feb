package message_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/internal/message"
)

func TestFigures(t *testing.T) {
	for text, want := range map[string][]string{
		"1080P only supports 6s duration":                               {"1080P", "6s"},
		"a resolution of 1080p only with a duration of 8 seconds.":      {"1080p", "8 seconds"},
		"1080p is only available for 8-second videos, not 4 seconds.":   {"1080p", "8-second", "4 seconds"},
		"输入图片分辨率不符合要求，宽高需在360到2000像素之间":                                 {"360到2000像素"},
		"image size should be larger than 300*300px":                    {"300*300px"},
		"at most 10 MB; 10 MB is all":                                   {"10 MB"},
		"supported: 1280x720, 720x1280, 1x2, 10x20, 30x40, 50x60":       {"1280x720", "720x1280", "10x20", "30x40"},
		"code 1026, request 20260314, 5 of them, version 2.6, step 4s2": nil,
		"see https://example.com/1080p/6s?size=10mb and id ab-12s":      nil,
		"ids 550e8400-e29b-41d4-a716-446655440000":                      nil,
	} {
		if diff := cmp.Diff(want, message.Figures(text)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
}

// TestFormatsTaken holds which formats are taken, and that those which are refused are none of them.
func TestFormatsTaken(t *testing.T) {
	for text, want := range map[string][]string{
		"Unsupported container: mkv. Supported containers: mp4, mov. Max size 500MB.":            {"MP4", "MOV"},
		"The image is not too large; its format (image/heic) is not supported. Use JPEG or PNG.": {"JPEG", "PNG"},
		"The audio format is not supported, only wav and mp3 are supported.":                     {"WAV", "MP3"},
		"The parameter `content[2]` is not valid: the video must be in mp4 or mov format.":       {"MP4", "MOV"},
		"supported formats .jpg / .jpeg / .png":                                                  {"JPG", "JPEG", "PNG"},
		"入力画像の形式がサポートされていません。PNG または JPEG を使用してください。":                                            {"PNG", "JPEG"},
		"Invalid file type: image/avif. Try https://example.com/a.png.":                          nil,
		"The image is of type gif.":           nil,
		"A move of objects, a video of mp40.": nil,
	} {
		if diff := cmp.Diff(want, message.FormatsTaken(text)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
}
