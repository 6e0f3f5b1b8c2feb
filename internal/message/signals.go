package message

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// signal maps words of any message to a cause that has nothing to do with one parameter. direct and provider are rows
// of codes.txt: the one where Runware speaks, the other where the words are a provider's.
type signal struct {
	Direct, Provider string
	words            []string
}

// signals lists the words, lower case, from the surest cause to the vaguest. Chinese, Japanese, Russian, Spanish,
// German and French words are those that providers were seen or are known to use for the same statements.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var signals = sync.OnceValue(func() []signal {
	return []signal{
		{"contentPolicyViolation", "providerContentPolicyViolation", []string{
			"moderation", "moderated", "content policy", "content_policy", "contentpolicy", "content filter", "content_filter", "contentfilter", "usage policies", "usage policy", "usage guidelines", "community guidelines",
			"safety system", "safety filter", "safety_filter", "safety check", "safety settings", "safety polic", "responsible ai", "nsfw", "inappropriate", "sensitive content", "sensitive information", "sensitive word", "sensitive_content",
			"risk control", "risk_control", "flagged", "_sensitive", "sensitive_", "is sensitive", "be sensitive", "sensitive image", "sensitive prompt", "safety.", "prohibited content", "prohibited_content", "prohibited use", "policy violation", "violates our", "violate our", "violates polic", "violates the content", "violates the polic", "violating content", "violates google", "violates openai", "unsafe", "explicit content", "sexual", "adult content",
			"copyright", "intellectual property", "celebrit", "public figure", "image_safety", "prompt_blocked", "prompt was blocked", "blocked by", "block_reason", "blockreason", "disallowed content", "not allowed content", "harmful", "data_inspection_failed", "datainspectionfailed", "inappropriate content", "green net", "was rejected because",
			"敏感", "违规", "違規", "审核", "審核", "风控", "風控", "不合规", "不适当", "色情", "コンテンツポリシー", "不適切", "センシティブ", "модерац", "недопустим", "запрещ", "inapropiado", "diretrizes", "conteúdo impróprio", "inadequado", "contenuto inappropriato", "contenuti inappropriati", "linee guida", "uygunsuz", "içerik politika", "nieodpowiedni", "zasady dotyczące treści", "ongepast", "richtlijn", "غير لائق", "سياسة المحتوى", "محتوى مخالف", "không phù hợp", "chính sách nội dung", "nhạy cảm", "protected work", "declined by our", "políticas", "política de", "infringe", "부적절", "민감", "콘텐츠 정책", "유해", "inapropriado", "moderación", "contenu inapproprié", "unangemessen", "richtlinien", "inhaltsrichtlinie", "nutzungsrichtlinie", "verstößt gegen", "안전 정책", "차단되",
		}},
		{"insufficientCredits", "providerInsufficientCredits", []string{
			"insufficient credit", "insufficient_credit", "insufficient balance", "insufficient_balance", "insufficient available balance", "insufficient fund", "insufficient_quota", "insufficient quota", "not enough credit", "not enough balance", "balance not enough", "card was declined", "wallet is empty", "payment method", "saldo insufficiente", "credito insufficiente", "créditos insuficientes", "crédits insuffisants", "yetersiz bakiye", "niewystarczając", "onvoldoende saldo", "onvoldoende tegoed", "رصيد غير كاف", "không đủ số dư", "balance is not enough", "잔액", "크레딧 부족", "out of credits", "no credits", "credit balance", "top-up your balance", "top up your",
			"account balance", "payment required", "payment_required", "billing hard limit", "billing_hard_limit", "billing limit", "paid invoice", "exceeded your current quota", "balance is too low", "low balance", "arrearage", "overdue",
			"余额不足", "餘額不足", "欠费", "残高", "недостаточно средств", "баланс", "saldo insuficiente", "solde insuffisant", "guthaben",
		}},
		{"rateLimitExceeded", "providerRateLimitExceeded", []string{
			"rate limit", "rate_limit", "ratelimit", "rate-limit", "too many requests", "too_many_requests", "toomanyrequests", "slow down", "throttl", "resource_exhausted", "resource exhausted", "resource has been exhausted", "quota exceeded", "requests per minute", "concurrency limit", "concurrent request", "parallel task over",
			"限流", "频率", "频繁", "頻繁", "レート制限", "リクエストが多すぎ", "слишком много запросов", "лимит запросов", "요청이 너무 많", "요청 한도", "concurrently", "request limit", "limite de requisições", "muitas solicitações", "muitas requisições", "troppe richieste", "limite di richieste", "çok fazla istek", "zbyt wiele żądań", "te veel verzoeken", "طلبات كثيرة", "quá nhiều yêu cầu", "demasiadas solicitudes", "trop de requêtes", "zu viele anfragen",
		}},
		{"unauthorized", "providerAuthenticationFailed", []string{
			"invalid api key", "invalid_api_key", "incorrect api key", "api key has been revoked", "clave de api", "api-schlüssel", "clé api", "api キー", "apiキー", "api 키", "ключ api", "api-ключ", "api key is invalid", "api key not valid", "missing api key", "no api key", "unauthorized", "unauthenticated", "invalid token", "authentication fail", "authentication_error", "authentication required", "invalid credential", "access token", "auth failed", "signature is invalid", "signature verification",
			"密钥", "鉴权", "認証", "неавториз", "no autorizado",
		}},
		{"forbidden", "providerAuthenticationFailed", []string{
			"permission denied", "permission_denied", "forbidden", "not authorized", "not authorised", "does not have permission", "do not have permission", "no permission", "access denied", "accessdenied", "suspended", "account is disabled", "not allowed for this api key", "allow list", "allowlist", "revoked", "identity verification", "verification is required", "verify your identity", "verify your account", "does not have access", "do not have access", "not have access to", "权限",
		}},
		{"failedTaskTimeout", "failedTaskTimeout", []string{"keeps running", "still running", "continues in the background", "continues to run", "still being processed", "may still complete", "may still finish"}},
		{"taskExpired", "taskExpired", []string{"deleted after", "have been deleted", "has been purged", "were purged", "retention period", "no longer stored"}},
		{"requestTimeout", "providerTimeout", []string{
			"timed out", "timeout", "time-out", "time out", "expected time window", "deadline exceeded", "deadline_exceeded", "did not respond", "no response within", "took too long", "超时", "逾時", "시간 초과", "tempo esgotado", "tempo limite", "tempo scaduto", "zaman aşımı", "przekroczono czas", "انتهت المهلة", "hết thời gian", "タイムアウト", "время ожидания", "tiempo de espera", "délai d'attente", "zeitüberschreitung",
		}},
		{"outOfMemory", "providerOverloaded", []string{"out of memory", "out of gpu memory", "ran out of gpu", "gpu memory", "cuda out", "cuda error"}},
		{"noAvailableServer", "providerOverloaded", []string{
			"no available server", "overloaded", "at capacity", "over capacity", "capacity exceeded", "temporarily unavailable", "service unavailable", "server is busy", "servers are busy", "server busy", "currently busy", "high demand", "high load", "heavy load", "under maintenance", "try again later due to", "model is loading",
			"queue is full", "queue of this model is full", "queue full", "sovraccaric", "sobrecarregad", "aşırı yük", "przeciążon", "overbelast", "مشغول", "quá tải", "繁忙", "과부하", "혼잡", "過負荷", "混雑", "перегруж", "sobrecargad", "überlastet", "surcharg",
		}},
		{"uploadFailed", "uploadFailed", []string{"failed to upload the generated", "could not upload the generated", "failed to upload the result", "failed to deliver the result"}},
		{"internalServerError", "providerBadGateway", []string{"bad gateway"}},
		{"modelNotFound", "modelUnavailable", []string{
			"model not found", "model_not_found", "no such model", "unknown model", "model does not exist", "the model you requested does not exist", "could not find model",
		}},
		{"modelDisabled", "modelDisabled", []string{"model is disabled", "model has been disabled", "model is deprecated", "model has been deprecated", "no longer available", "was switched off", "has been switched off", "was shut down", "has been shut down", "has been discontinued", "has been retired", "model was retired"}},
		{"modelIncompatible", "modelIncompatible", []string{"not compatible with the architecture", "not compatible with the selected", "not compatible with the base", "incompatible with the base", "incompatible with the model", "incompatible with the selected model", "incompatible architecture", "failed to load the lora", "failed to load lora", "failed to load the model", "failed to load model", "could not load the model", "failed to load the controlnet", "failed to load the vae", "failed to load the embedding", "cannot be loaded with", "can't be loaded with", "not be loaded with"}},
		{"modelNotReady", "modelNotReady", []string{"model is not ready", "still being prepared", "model is being", "not ready yet"}},
		{"internalServerError", "providerInternalError", []string{
			"internal server error", "internal error", "internal_error", "internal_server_error", "unexpected error", "crashed", "something went wrong", "server error", "server_error", "an error occurred", "内部错误", "サーバーエラー", "внутренняя ошибка", "error interno", "interner fehler", "erreur interne",
		}},
	}
})

// Classify finds the surest signal in a text. URLs are left out: what stands in one says nothing.
func Classify(text string) (signal, bool) {
	lower := strings.ToLower(withoutURLs(text))
	for _, s := range signals() {
		for _, w := range s.words {
			if says(lower, w) {
				return s, true
			}
		}
	}
	return signal{}, false
}

// Says finds a word of the table at the beginning of a word of the text, and not denied: "was not flagged".
func says(lower, w string) bool {
	for at := 0; ; {
		next := strings.Index(lower[at:], w)
		if next < 0 {
			return false
		}
		at += next
		before, _ := utf8.DecodeLastRuneInString(lower[:at])
		inner := at > 0 && w[0] < utf8.RuneSelf && before < utf8.RuneSelf && unicode.IsLetter(before) && unicode.IsLetter(rune(w[0]))
		if !inner && !denied(lower[:at]) {
			return true
		}
		at += len(w)
	}
}

// denied looks for a "not" or "no" among the three words before.
func denied(before string) bool {
	words := strings.Fields(before[max(0, len(before)-40):])
	for _, w := range words[max(0, len(words)-3):] {
		switch strings.Trim(w, "\"'(,") {
		case "not", "without", "never", "wasn't", "isn't":
			return true
		}
	}
	return false
}

// withoutURLs drops the words of a text that are URLs.
func withoutURLs(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	fields := strings.Fields(text)
	return strings.Join(slices.DeleteFunc(fields, func(f string) bool { return strings.Contains(f, "://") }), " ")
}

// StatusSignal reads an HTTP status that a provider's error object carries.
func StatusSignal(status int) (code string, ok bool) {
	switch {
	case status == 401 || status == 403:
		return "providerAuthenticationFailed", true
	case status == 402:
		return "providerInsufficientCredits", true
	case status == 408 || status == 504:
		return "providerTimeout", true
	case status == 429:
		return "providerRateLimitExceeded", true
	case status == 502:
		return "providerBadGateway", true
	case status == 503:
		return "providerUnavailable", true
	case status >= 500 && status < 600:
		return "providerInternalError", true
	default:
		return "", false
	}
}
