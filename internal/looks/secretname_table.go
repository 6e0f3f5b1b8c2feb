package looks

// secretNames is the one list of the names of credentials. A row of Open is an exception to the rows below it.
//
//nolint:gochecknoglobals // immutable table, laid out by the compiler: the start of the program does not pay for it
var secretNames = nameTable{
	within: []nameRow{
		{"apikey", within, Password, "RUNWARE_API_KEY_2", "apiKeyName"},
	},
	ending: [256][]nameRow{
		'a': {
			{"resenha", ending, Open, "resenha", "senha"}, // a review, in Portuguese
			{"senha", ending, Password, "minha_senha", "desenhar"},
			{"contraseña", ending, Password, "Contraseña", "contrasena_longitud"},
			{"contrasena", ending, Password, "contrasena", "contrasenas_total"},
			{"parola", whole, Password, "parola", "parolachiave"}, // in Italian any word ends in it
		},
		'd': {
			{"password", ending, Password, "db_password", "passwordless"},
			{"passwd", ending, Password, "passwd", "passwdFile"},
			{"pwd", ending, Password, "dbPwd", "pwdLength"},
			{"wachtwoord", ending, Password, "wachtwoord", "woord"},
			{"lösenord", ending, Password, "Lösenord", "ord"},
			{"losenord", ending, Password, "losenord", "ordlista"},
			{"adgangskod", ending, Password, "adgangskod", "kod"},
		},
		'e': {
			{"signature", ending, Doubtful, "X-Signature", "signatureStyle"}, // of a request, or of music
			{"passphrase", ending, Password, "passphrase", "phrase"},
			{"passcode", ending, Password, "passcode", "code"},
			{"motdepasse", ending, Password, "mot de passe", "passe"},
			{"sifre", whole, Password, "sifre", "sifreleme"},
			{"şifre", ending, Password, "Şifre", "şifreleme"},
			{"cookie", ending, Secret, "Set-Cookie", "cookieConsent"},
		},
		'g': {
			{"sig", whole, Doubtful, "sig", "config"},
		},
		'h': {
			{"auth", whole, Secret, "auth", "noauth"},
			{"basicauth", ending, Secret, "basicAuth", "basicPath"},
			{"xauth", ending, Secret, "X-Auth", "fauxpath"},
		},
		'l': {
			{"credential", ending, Secret, "X-Amz-Credential", "credentialType"},
		},
		'n': {
			{"maxtoken", whole, Open, "maxToken", "accessToken"},
			{"mintoken", whole, Open, "min_token", "accessToken"},
			{"stoptoken", whole, Open, "stopToken", "accessToken"},
			{"bostoken", whole, Open, "bos_token", "accessToken"},
			{"eostoken", whole, Open, "eos_token", "accessToken"},
			{"padtoken", whole, Open, "pad_token", "accessToken"},
			{"unktoken", whole, Open, "unk_token", "accessToken"},
			{"septoken", whole, Open, "sep_token", "accessToken"},
			{"clstoken", whole, Open, "cls_token", "accessToken"},
			{"masktoken", whole, Open, "mask_token", "accessToken"},
			{"specialtoken", whole, Open, "specialToken", "accessToken"},
			{"pagetoken", ending, Open, "nextPageToken", "accessToken"},
			{"nexttoken", whole, Open, "nextToken", "accessToken"},
			{"continuationtoken", whole, Open, "continuationToken", "accessToken"},
			{"triggertoken", whole, Open, "triggerToken", "accessToken"},
			{"styletoken", ending, Open, "style_token", "accessToken"},
			{"concepttoken", whole, Open, "conceptToken", "accessToken"},
			{"placeholdertoken", whole, Open, "placeholder_token", "accessToken"},
			{"subjecttoken", whole, Open, "subjectToken", "accessToken"},
			{"prompttoken", whole, Open, "promptToken", "accessToken"},
			{"completiontoken", whole, Open, "completionToken", "accessToken"},
			{"totaltoken", whole, Open, "totalToken", "accessToken"},
			{"inputtoken", whole, Open, "inputToken", "accessToken"},
			{"outputtoken", whole, Open, "outputToken", "accessToken"},
			{"classtoken", whole, Open, "class_token", "accessToken"},
			{"instancetoken", whole, Open, "instance_token", "accessToken"},
			{"imagetoken", whole, Open, "imageToken", "accessToken"},
			{"audiotoken", whole, Open, "audioToken", "accessToken"},
			{"videotoken", whole, Open, "videoToken", "accessToken"},
			{"texttoken", whole, Open, "textToken", "accessToken"},
			{"pertoken", ending, Open, "costPerToken", "accessToken"},
			{"firsttoken", whole, Open, "firstToken", "accessToken"},
			{"lasttoken", whole, Open, "lastToken", "accessToken"},
			{"accesstoken", ending, Secret, "access_token", "accessType"},
			{"authtoken", ending, Secret, "X-Auth-Token", "authType"},
			{"apitoken", ending, Secret, "apiToken", "apiTokenizer"},
			{"bearertoken", ending, Secret, "bearerToken", "bearer_type"},
			{"refreshtoken", ending, Secret, "refreshToken", "refreshTokenCount"},
			{"idtoken", whole, Secret, "id_token", "idTokens_used"},
			{"csrftoken", ending, Secret, "csrfToken", "csrf"},
			{"secrettoken", ending, Secret, "secretToken", "secretTokenLength"},
			{"webhooktoken", ending, Secret, "webhookToken", "webhookTokenName"},
			{"sessiontoken", ending, Secret, "sessionToken", "sessionTokenCount"},
			{"securitytoken", ending, Secret, "X-Amz-Security-Token", "securityTokenType"},
			{"privatetoken", ending, Secret, "PRIVATE-TOKEN", "privateTokens_used"},
			{"clienttoken", ending, Secret, "clientToken", "clientTokenId"},
			{"token", ending, Doubtful, "hubToken", "tokenizer"},
			{"authorization", ending, Secret, "Proxy-Authorization", "authorizationType"},
		},
		'o': {
			{"hasło", ending, Password, "Hasło", "czasło_x"},
			{"haslo", whole, Password, "haslo", "haslomania"},
		},
		'p': {
			{"otp", whole, Password, "otp", "laptop"},
		},
		'r': {
			{"bearer", whole, Secret, "bearer", "ringbearer"},
		},
		's': {
			{"pass", whole, Password, "pass", "bypass"},
			{"userpass", ending, Password, "userPass", "userPasses_n"},
			{"dbpass", ending, Password, "DB_PASS", "dbPassRate"},
		},
		't': {
			{"secret", ending, Secret, "clientSecret", "secretLevel"},
			{"passwort", ending, Password, "Passwort", "wort"},
			{"kennwort", ending, Password, "Kennwort", "antwort"},
			{"jwt", ending, Secret, "jwt", "jwtIssuer"},
		},
		'w': {
			{"pw", whole, Password, "pw", "raw"},
		},
		'y': {
			{"clientkey", ending, Secret, "x-client-key", "clientKeyboard"},
			{"secretkey", ending, Secret, "secret_key", "secretKeyId"},
			{"privatekey", ending, Secret, "privateKey", "primaryKey"},
			{"accesskey", ending, Secret, "SharedAccessKey", "accessKeyId"},
			{"signingkey", ending, Secret, "signingKey", "signingKeyId"},
			{"encryptionkey", ending, Secret, "encryption_key", "encryptionKeyType"},
			{"authkey", ending, Secret, "authKey", "authorKeyword"},
			{"accountkey", ending, Secret, "AccountKey", "accountKeyName"},
			{"masterkey", ending, Secret, "masterKey", "masterKeyId"},
			{"subscriptionkey", ending, Secret, "Ocp-Apim-Subscription-Key", "subscriptionKeyCount"},
			{"licensekey", ending, Secret, "licenseKey", "licenseKeyType"},
			{"consumerkey", ending, Secret, "consumer_key", "consumerKeyName"},
			{"sshkey", ending, Secret, "sshKey", "sshKeyType"},
			{"hmackey", ending, Secret, "hmacKey", "hmacKeySize"},
			{"functionskey", ending, Secret, "x-functions-key", "functionKeyboard"},
			{"passkey", ending, Password, "passkey", "bypassKeyword"},
		},
		0x8C: {
			{"пароль", ending, Password, "Пароль", "роль"},
		},
		0x81: {
			{"密码", ending, Password, "密码", "密码学"},
		},
		0xBC: {
			{"密碼", ending, Password, "密碼", "號碼"},
		},
		0x89: {
			{"パスワード", ending, Password, "パスワード", "ワード"},
		},
		0xB8: {
			{"비밀번호", ending, Password, "비밀번호", "전화번호"},
		},
	},
}

// aboutKeys are the words that make of a key's name one that speaks of a key: at its end, or, as whole words, in front.
// The example is shown, what stands last is not.
//
//nolint:gochecknoglobals // immutable table
var aboutKeys = [...]nameRow{
	{"name", ending, Open, "apiKeyName", "apiKeyProd"},
	{"id", ending, Open, "apiKeyId", "apiKeyIdentity"},
	{"uuid", ending, Open, "apiKeyUUID", "apiKey"},
	{"count", ending, Open, "apiKeyCount", "apiKeyAccount"},
	{"limit", ending, Open, "apiKeyLimit", "apiKey"},
	{"type", ending, Open, "apiKeyType", "apiKey"},
	{"status", ending, Open, "apiKeyStatus", "apiKey"},
	{"label", ending, Open, "apiKeyLabel", "apiKey"},
	{"description", ending, Open, "apiKeyDescription", "apiKey"},
	{"source", ending, Open, "apiKeySource", "apiKey"},
	{"createdat", ending, Open, "apiKeyCreatedAt", "apiKey"},
	{"updatedat", ending, Open, "apiKeyUpdatedAt", "apiKey"},
	{"expiresat", ending, Open, "apiKeyExpiresAt", "apiKey"},
	{"expiry", ending, Open, "apiKeyExpiry", "apiKey"},
	{"lastusedat", ending, Open, "apiKeyLastUsedAt", "apiKey"},
	{"length", ending, Open, "apiKeyLength", "apiKey"},
	{"permissions", ending, Open, "apiKeyPermissions", "apiKey"},
	{"scopes", ending, Open, "apiKeyScopes", "apiKey"},
	{"required", ending, Open, "apiKeyRequired", "apiKey"},
	{"enabled", ending, Open, "apiKeyEnabled", "apiKey"},
	{"valid", ending, Open, "apiKeyValid", "apiKey"},
	{"has", whole, Open, "hasApiKey", "hashApiKey"},
	{"is", whole, Open, "is_api_key", "ISSUER_API_KEY"},
	{"needs", whole, Open, "needsApiKey", "apiKey"},
	{"requires", whole, Open, "requiresApiKey", "apiKey"},
	{"missing", whole, Open, "missingApiKey", "apiKey"},
	{"invalid", whole, Open, "invalidApiKey", "apiKey"},
	{"max", whole, Open, "maxApiKeys", "maxwellApiKey"},
	{"total", whole, Open, "totalApiKeys", "apiKey"},
}

// nameTails are words behind the name of a credential that do not change what it is.
//
//nolint:gochecknoglobals // immutable table
var nameTails = [...]nameRow{
	{"value", ending, Secret, "secretValue", "tokenizerValue"},
	{"header", ending, Secret, "authorizationHeader", "colorHeader"},
	{"hash", ending, Password, "passwordHash", "imageHash"},
	{"confirm", ending, Password, "passwordConfirm", "orderConfirm"},
	{"confirmation", ending, Password, "password_confirmation", "orderConfirmation"},
	{"again", ending, Password, "newPasswordAgain", "tryAgain"},
	{"prod", ending, Secret, "authTokenProd", "modelProd"},
	{"production", ending, Secret, "authTokenProduction", "modelProduction"},
	{"dev", ending, Secret, "authTokenDev", "modelDev"},
	{"test", ending, Secret, "authTokenTest", "modelTest"},
	{"live", ending, Secret, "secretKeyLive", "modelLive"},
	{"old", ending, Password, "passwordOld", "threshold"},
	{"new", ending, Password, "password_new", "renew"},
	{"current", ending, Password, "passwordCurrent", "concurrent"},
	{"plain", ending, Password, "password_plain", "explain"},
	{"base64", ending, Secret, "privateKeyBase64", "imageBase64"},
}

// secretParameters are names that say so in the query of a URL alone. S3, Google Cloud Storage, Azure and CloudFront sign
// with X-…-Signature, sig, Signature and Policy, media hosts with hm, md5 and oh.
//
//nolint:gochecknoglobals // immutable table
var secretParameters = [...]nameRow{
	{"keypairid", whole, Secret, "Key-Pair-Id", "pair_id"},
	{"awsaccesskeyid", whole, Secret, "AWSAccessKeyId", "keyId"},
	{"googleaccessid", whole, Secret, "GoogleAccessId", "accessId"},
	{"sessionid", whole, Secret, "sessionid", "sessions"},
	{"hmac", whole, Secret, "hmac", "mac"},
	{"hdnea", whole, Secret, "hdnea", "hd"},
	{"hdnts", whole, Secret, "hdnts", "ts"},
	{"gda", whole, Secret, "__gda__", "gdansk"},
	{"key", whole, Doubtful, "key", "keyword"},
	{"policy", whole, Doubtful, "Policy", "policies"},
	{"sign", whole, Doubtful, "sign", "design"},
	{"signed", whole, Doubtful, "signed", "unsigned"},
	{"sid", whole, Doubtful, "sid", "side"},
	{"session", whole, Doubtful, "session", "sessions"},
	{"code", whole, Doubtful, "code", "codec"},
	{"verify", whole, Doubtful, "verify", "verified"},
	{"hm", whole, Doubtful, "hm", "h"},
	{"md5", whole, Doubtful, "md5", "md"},
	{"oh", whole, Doubtful, "oh", "oe"},
}
