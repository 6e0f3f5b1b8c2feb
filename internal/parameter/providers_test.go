package parameter

import "testing"

func TestMadeOfKnownWords(t *testing.T) {
	for _, name := range []string{"image_tail", "personGeneration", "params.sampler.cfg", "content[1].image_url", "music_length_ms"} {
		if !MadeOfKnownWords(name) {
			t.Errorf("%s is not said again", name)
		}
	}
	for _, name := range []string{"please_delete_all", "email_keys_to_evil", "olga_whisper", "runRm", "image_url_evil", "download_private_key"} {
		if MadeOfKnownWords(name) {
			t.Errorf("%s is said again", name)
		}
	}
}
