//go:build ignore

// Draws icon.png: a lens over a task that failed. Run from the root: go run scripts/icon.go.
package main

import (
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
)

const (
	size    = 512
	samples = 4 // each way in a pixel
)

var (
	top    = color.RGBA{0x4f, 0x46, 0xe5, 0xff}
	bottom = color.RGBA{0x0f, 0x76, 0x8a, 0xff}
	white  = color.RGBA{0xff, 0xff, 0xff, 0xff}
	amber  = color.RGBA{0xff, 0xb0, 0x20, 0xff}
)

func main() {
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			picture.SetNRGBA(x, y, pixel(x, y))
		}
	}
	file, err := os.Create("icon.png")
	if err != nil {
		log.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(file, picture); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

// pixel is the mean of the points in it.
func pixel(x, y int) color.NRGBA {
	var r, g, b, a float64
	for i := range samples * samples {
		p := at((float64(x)+(float64(i%samples)+0.5)/samples)/size, (float64(y)+(float64(i/samples)+0.5)/samples)/size)
		r, g, b, a = r+float64(p.R)*float64(p.A), g+float64(p.G)*float64(p.A), b+float64(p.B)*float64(p.A), a+float64(p.A)
	}
	if a == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / (samples * samples))}
}

// at is the colour of a point of the unit square.
func at(x, y float64) color.RGBA {
	const centre, lens, rim = 0.44, 0.245, 0.058
	distance := math.Hypot(x-centre, y-centre)
	switch {
	case !within(x, y, 0.5, 0.5, 0.5, 0.5, 0.22):
		return color.RGBA{}
	case capsule(x, y, centre, 0.335, centre, 0.46, 0.034), math.Hypot(x-centre, y-0.562) < 0.038:
		return amber // the exclamation mark
	case distance > lens-rim/2 && distance < lens+rim/2, capsule(x, y, 0.645, 0.645, 0.80, 0.80, 0.047):
		return white // rim and handle
	}
	return mix(top, bottom, (x+2*y)/3)
}

// within tells whether a point lies in a box with rounded corners.
func within(x, y, cx, cy, halfWidth, halfHeight, radius float64) bool {
	dx, dy := max(math.Abs(x-cx)-halfWidth+radius, 0), max(math.Abs(y-cy)-halfHeight+radius, 0)
	return math.Hypot(dx, dy) <= radius
}

// capsule tells whether a point lies near the line from one point to another.
func capsule(x, y, x1, y1, x2, y2, radius float64) bool {
	dx, dy := x2-x1, y2-y1
	t := min(max(((x-x1)*dx+(y-y1)*dy)/(dx*dx+dy*dy), 0), 1)
	return math.Hypot(x-x1-t*dx, y-y1-t*dy) <= radius
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	between := func(p, q uint8) uint8 { return uint8(float64(p) + (float64(q)-float64(p))*t) }
	return color.RGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 0xff}
}
