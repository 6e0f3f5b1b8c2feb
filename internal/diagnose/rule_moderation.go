package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// subject is what a moderation refused.
type subject struct {
	cause, mend key
	kind        medium // of the input or the output
	input       bool
	words       []string // lower case, without separators
}

// subjects lists what may be refused, from what is said outright to what is merely named. A slug is read like words:
// its separators are left out on both sides.
func subjects() []subject {
	return []subject{
		{refusedAudioOut, audioOffOrAgain, audio, false, []string{"outputaudio", "generatedaudio", "resultingaudio", "audiooutput", "audiothatwasgenerated", "audiofiltered", "audiotrackofthe", "theaudiowas", "issuewiththeaudio", "audiomayhavebeen", "生成的音频", "输出音频"}},
		{refusedVideoOut, againThenReword, video, false, []string{"outputvideo", "generatedvideo", "resultingvideo", "videooutput", "safetyoutputvideo", "生成的视频", "输出视频"}},
		{refusedImageOut, againThenReword, image, false, []string{"outputimage", "generatedimage", "resultingimage", "imageoutput", "safetyoutputimage", "生成的图片", "输出图片", "生成的图像"}},
		{refusedOutput, againThenReword, "", false, []string{"theoutputwas", "outputmoderation", "outputblocked", "outputsensitive", "outputmaycontain", "outputtext"}},
		{refusedCopyright, rewordProtected, "", false, []string{"copyright", "intellectualproperty", "trademark", "protectedwork", "著作権", "版权", "侵权", "derechosdeautor", "droitd'auteur", "urheberrecht"}},
		{refusedPerson, replacePerson, image, true, []string{"realperson", "realpeople", "realhuman", "personlikeness", "person'slikeness", "likenessof", "humanface", "privacyinformation", "真人", "人脸", "実在の人物"}},
		{refusedPersonOf, rewordPerson, "", false, []string{"realperson", "realpeople", "likenessof", "personlikeness", "person'slikeness", "真人", "実在の人物"}},
		{refusedVideoIn, replaceInput, video, true, []string{"inputvideo", "referencevideo", "uploadedvideo", "videoinput", "输入视频"}},
		{refusedAudioIn, replaceInput, audio, true, []string{"inputaudio", "referenceaudio", "uploadedaudio", "audioinput", "输入音频"}},
		{refusedImageIn, replaceInput, image, true, []string{"inputimage", "referenceimage", "uploadedimage", "providedimage", "imageinput", "firstframe", "frameimage", "sourceimage", "imageyouprovided", "imageyouuploaded", "yourimage", "imagesensitive", "imageblocked", "输入图片", "输入图像", "参考图", "入力画像", "参照画像", "imagendeentrada", "imaged'entrée", "eingabebild"}},
		{refusedPrompt, rewordPrompt, "", false, []string{"prompt", "inputtext", "textinput", "safetyinputtext", "sensitiveword", "yourtext", "thetextwas", "提示词", "プロンプト", "eingabetext"}},
	}
}

// nameRefused says of a verdict of moderation what it is about, where that is said; the advice follows it.
func (c *oneCase) nameRefused(f *finding, who voice) {
	heard := c.heard
	if !heard.Any { // the code was enough for the cause, and the provider's words say of what
		heard = message.Unwrap(c.e)
	}
	text := message.Squeeze(c.e.Code + " " + c.e.Message + " " + strings.Join(heard.Texts, " "))
	for _, echoed := range c.prose() {
		if echoed = message.Squeeze(echoed); len(echoed) > 0 {
			text = strings.ReplaceAll(text, echoed, "")
		}
	}
	s, ok := c.subjectOf(text)
	if !ok {
		c.adviseUnnamed(f)
		return
	}
	by := "Runware's moderation"
	if who == providerSays || strings.Contains(text, "provider") {
		by = "the provider's moderation"
	}
	f.cause = cause{saying: saying{key: s.cause, who: by}}
	f.mend = mend{saying: saying{key: s.mend}}
	if s.cause == refusedAudioOut {
		f.Retry = schema.RetryAsIs
	}
	if s.input {
		c.nameOnlyInput(f, s.kind, atName)
	}
	if containsAny(text, []string{"notcharged", "nocharge", "notbilled", "notbecharged"}) {
		f.mend.aside = append(f.mend.aside, saying{key: saidNotCharged})
	}
}

// subjectOf finds what a text without separators speaks of. Where it names the prompt and a file alike, neither is meant
// alone; and what the request does not hold was not refused.
func (c *oneCase) subjectOf(text string) (subject, bool) {
	var found subject
	ok := false
	for _, s := range subjects() {
		if s.input && len(c.inputs(s.kind)) == 0 || !containsAny(text, s.words) {
			continue
		}
		if ok && found.input && s.cause == refusedPrompt && found.cause != refusedPerson && !strings.Contains(text, "input"+string(found.kind)) {
			return subject{}, false
		}
		if !ok {
			found, ok = s, true
		}
	}
	return found, ok
}

// adviseUnnamed keeps the advice to what the request holds: no file is changed where it has none.
func (c *oneCase) adviseUnnamed(f *finding) {
	if c.t != nil && f.Category == schema.CategoryContentPolicy && f.mend.key == inText && len(c.inputs("")) == 0 {
		f.mend.text = strings.Replace(f.mend.text, " or change the input media", "", 1)
	}
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
