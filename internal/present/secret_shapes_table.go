package present

// shape is what a service's credentials look like: a prefix, then at least so many characters of an alphabet. example is
// masked for this row alone; not looks alike and is shown. The bar is taken out of both: it keeps scanners from taking
// them for somebody's.
type shape struct {
	prefix   string
	alphabet alphabet
	least    int
	proof    proof
	example  string
	not      string
}

// alphabet is what the rest of a credential is made of.
type alphabet uint8

const (
	letters     alphabet = iota + 1 // and digits
	hexadecimal                     // in either letter case
	capitals                        // and digits
	dashed                          // letters, digits, - and _
	dotted                          // and dots
	encoded                         // letters, digits and what else base64 has, of either alphabet
)

// proof is what a rest of that length must have besides, since names of styles and files begin with the prefix too.
type proof uint8

const (
	length  proof = iota + 1 // nothing
	exact                    // exactly that length
	digit                    // a digit
	mixture                  // a part that looks made by a generator
)

// shapesBy lists the shapes by their first byte. Prefixes are as their services document them.
//
//nolint:gochecknoglobals // immutable table, laid out by the compiler
var shapesBy = ['z' + 1][]shape{
	'1': {
		{"1//0", dashed, 40, mixture, "1//¦0FakeptgUzEjfebzJ6sZWdoHIxrXl0gqn87b1PZqZrmktsO3U9224xf2MvQyG", "1//0"},
	},
	'4': {
		{"4b1d", letters, 38, mixture, "4b1¦dFakeZYMmLOPIwFQuYhrsiF8nfMaunlNy5yX0Y3", "4b1d_style"},
	},
	'A': {
		{"AKIA", capitals, 16, exact, "AKI¦AFAKEQWERTYUIOPAS", "AKIANA_SUNSET_LANDSCAPE"},
		{"ASIA", capitals, 16, exact, "ASI¦AFAKEQWERTYUIOPAS", "ASIAN_STREET_FOOD_2024"},
		{"AIza", dashed, 30, mixture, "AIz¦aFake-8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7J", "AIzanami-goddess-of-creation-style-v2"},
		{"ATATT3", encoded, 60, mixture, "ATA¦TT3xFfGF0Fake1k9Dq2Ls8Wm3Xz7Cv4Bn6Ma5Sd0Fg1Hj2Kl3Qw4Er5Ty6Ui7Op8=1A2B3C4D", "ATATT3-style-of-an-old-typewriter-advertisement-with-worn-edges-and-ink"},
		{"AGE-SECRET-KEY-1", capitals, 50, length, "AGE¦-SECRET-KEY-1FAKEQPZRYXGFTVDWSJNKHCEMUALQPZRYXGFTVDWSJNKHCEMUALQPZRYX", "AGE-SECRET-KEY-1"},
		{"A3-", dashed, 30, mixture, "A3-¦FAK3E9-7Q2L8OIL93E-XZ09C-T8SI8-JY2FA", "A3-poster-of-a-city-in-the-rain-of-2049"},
		{"A3T", capitals, 17, exact, "A3T¦XFAKEQWERTYUIOPAS", "A3T_STYLE"},
		{"ABIA", capitals, 16, exact, "ABI¦AFAKEQWERTYUIOPAS", "ABIA_STYLE"},
		{"ACCA", capitals, 16, exact, "ACC¦AFAKEQWERTYUIOPAS", "ACCADEMIA_DI_BELLE_ARTI"},
		{"AKCp", letters, 60, mixture, "AKC¦pFakerNJdqL2kVF8thrxFeUZCRjAbNX7iFdh5MmdDWIN86tKvycm7L8gqLCHBKer0aF7bo", "AKCp_style"},
		{"ABSK", letters, 60, mixture, "ABS¦KFakeFJTnAYVIhZM5yDoNcQiZ0wIW8se7DIv3tmxvJm8aHGHJSLLaJ7N4jUxfzO2QH20XLrEgSAl1DVNYZV0zZYa0XiFL4C7Xu2Zx", "ABSK_style"},
		{"API-", capitals, 26, mixture, "API¦-FAKE72OTOTGUNPYS2F20QE6SU4", "API-REFERENCE-2024"},
		{"AQVN", dashed, 35, mixture, "AQV¦NFakeiI75Qb4Sa9q0nKSYrrm3nqtcMYV4MWAqWs", "AQVN-style-of-something-that-is-so-long-that-it-fits"},
		{"ATBB", letters, 32, exact, "ATB¦BFakeplpErf87038J1ta6sKT4t2WGmABM", "ATBB_style"},
		{"AKLT", letters, 40, mixture, "AKL¦TFakesBCkotq0ZcfcDOrHIPESvjRmeA6mOOCrlwBVLuO", "AKLT_style_of_something"},
		{"APP_USR-", dashed, 40, mixture, "APP¦_USR-2379911577488178-983645-fa6a317873a59e01b29a0a9a4d296e94-695281825", "APP_USR-style"},
	},
	'B': {
		{"BSA", letters, 28, exact, "BSA¦FakeqyM9kvKaxcDkxYZxsKgCnB6n", "BSA_motorcycle"},
	},
	'C': {
		{"CLOJARS_", letters, 60, mixture, "CLO¦JARS_fakesmkq0o0wzah68ma7tk62nq0397smbgtecd0tx9smgzzlq3vii2y09lxq", "CLOJARS_and_other_glass_jars_of_1890"},
		{"CFPAT-", dashed, 40, mixture, "CFP¦AT-FakehdddVkMRjMcIFLpuch1HsXAPmEmpCAFcoACpP4B", "CFPAT-style-of-something-long-and-wordy-indeed"},
	},
	'E': {
		{"EAAA", dashed, 22, mixture, "EAA¦AFakePliIX6meolEmA61eQjOMtei1jeZo3JOoJ37hYvAq", "EAAA_eastern_european_villages_in_the_light"},
		{"EAAC", letters, 60, mixture, "EAA¦CFakexEKw9lCTxB03Remu64Yty6bZuzkc97I4XGCIfNQ9rbxo2Tag1YkWilalO5Vr67B2RmqsKs3U9i5kkGtpNo1kRSHEe2oeFWzE", "EAAC_style"},
		{"EAAM", letters, 60, mixture, "EAA¦MFakea5JBSbxa3HCmnwCYtlVj47RgPCTAEGmiC8MaSnQJsC3VUX9I53YYd3hYp3mrjGn8zgRboutP7TbQhTjVAyalUBYnloIDooVd", "EAAM_style"},
		{"EZAK", letters, 54, mixture, "EZA¦KFake1k9Dq2Ls8Wm3Xz7Cv4Bn6Ma5Sd0Fg1Hj2Kl3Qw4Er5Ty6Ui7Op", "EZAKI_style"},
		{"EZTK", letters, 54, mixture, "EZT¦KFakeFakeNRdk24sYL067ek5o46eqKEiPdhAHVyfEVpuAkriRoAlUaQ", "EZTK_style"},
	},
	'F': {
		{"FLWSECK", dashed, 32, mixture, "FLW¦SECK-fake8d9e0f1a2b3c4d5e6f7a8b9c0d1e-X", "FLWSECK-of-flowers-and-second-clocks-in-oil"},
		{"FLWSECK_TEST-", letters, 12, digit, "FLW¦SECK_TEST-fakec8df9521", "FLWSECK_TEST-card"},
	},
	'G': {
		{"GOCSPX-", dashed, 20, mixture, "GOC¦SPX-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df", "GOCSPX-of-something-long-and-wordy"},
		{"GR1348941", dashed, 18, mixture, "GR1¦348941FakeKIl6DZCDVgOjwSK1", "GR1348941-photo-number-of-a-series"},
	},
	'H': {
		{"HRKU-", dashed, 50, mixture, "HRK¦U-AAFakecDsxaOzMHfKRRqXEj6MxjLsWp90iFvrHuI0IJiFCwgpYKW3ytOnmw9", "HRKU-style-of-a-long-name-that-goes-on-and-on-and-on-for-a-while"},
	},
	'L': {
		{"LTAI", letters, 16, mixture, "LTA¦IFake8Kd0Lq2Wm4Xn6B", "LTAIwanese_night_market"},
	},
	'N': {
		{"NRAK-", letters, 20, mixture, "NRA¦K-FAKE8KD0LQ2WM4XN6BV8CZ1AS3", "NRAK-NORTHERN"},
		{"NRII-", dashed, 32, mixture, "NRI¦I-fakekvdv1mtlhj57aoygp2fkk2xquczb", "NRII-a-long-name-of-a-style-that-has-no-key"},
		{"NRJS-", letters, 19, mixture, "NRJ¦S-fa95409993fd21b5aaa", "NRJS-style"},
	},
	'P': {
		{"PMAK-", dashed, 40, mixture, "PMA¦K-fa8e0d1c2b3a4f5e6d7c8b9a-0f1e2d3c4b5a69788796a5b4c3d2e1f001", "PMAK-the-maker-of-things-in-a-workshop-full-of-tools"},
	},
	'S': {
		{"SK", hexadecimal, 32, exact, "SK0¦fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "SKate_park_2024"},
		{"SG.", dotted, 30, mixture, "SG.¦Fake8Kd0Lq2Wm4Xn6Bv8Cz.1As3Df5Gh7Jk9Lz2Xc4Vb6Nm8Qw0Er1Ty3Ui", "SG.anime_style_generator.v2_0_final_mix"},
	},
	'Z': {
		{"ZXlK", letters, 60, mixture, "ZXl¦KFakeK1kGbAk8B1MI59LoTD4QLlwbJA7pCgZ7cEKlOVbIe6nFXgKOukfNt2GbnM5zLIev5PL1rQKphrzg", "ZXlK begins base64 of base64"},
	},
	'a': {
		{"apify_api_", letters, 30, mixture, "api¦fy_api_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7J", "apify_api_documentation"},
		{"api_org_", letters, 30, mixture, "api¦_org_FakeQwErTyUiOpAsDfGhJkLzXcVbNmQw", "api_org_chart_of_a_company_2024"},
		{"atlasv1.", dashed, 60, mixture, "atl¦asv1.Fake632iEPPhOrtaZhjEPQUxkVfMGyoB8CbDUM7DqSLR57qQAkhSMuXHKWYJsThQMcD", "atlasv1.map-of-the-world-as-it-was-known-in-the-year-1570-with-monsters"},
		{"acc_", dotted, 40, mixture, "acc¦_fakevwhmnl40s.s5af3r09fquo6sbegzgsyebannd4yz0emrvftva0", "acc_essories_of_a_knight_in_the_year_of_1410"},
		{"access-production-", dashed, 36, mixture, "acc¦ess-production-faeee65f-53e9-4421-ace5-0211670eae67", "access-production-denied"},
		{"access-sandbox-", dashed, 36, mixture, "acc¦ess-sandbox-faeee65f-53e9-4421-ace5-0211670eae67", "access-sandbox-denied"},
		{"access-development-", dashed, 36, mixture, "acc¦ess-development-faeee65f-53e9-4421-ace5-0211670eae67", "access-development-denied"},
	},
	'c': {
		{"cmVmd", letters, 55, mixture, "cmV¦mdFake89BWOJmF13YBW8U4YPiJxEBBLNOVnQw8EpAbHqbFs2uXfbj4Yxj5pQU", "cmVmd begins some base64"},
		{"csk-", letters, 40, mixture, "csk¦-faken5mccqqp7no0qjuduhzc5yf1nkvs4u07nrvz5ermczir", "csk-style"},
	},
	'd': {
		{"dapi", hexadecimal, 32, exact, "dap¦i0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "dapi-digital-art-pixel-illustration-2"},
		{"dop_v1_", hexadecimal, 64, exact, "dop¦_v1_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "dop_v1_of_a_style"},
		{"doo_v1_", hexadecimal, 64, exact, "doo¦_v1_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "doo_v1_of_a_style"},
		{"dor_v1_", hexadecimal, 64, exact, "dor¦_v1_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "dor_v1_of_a_style"},
		{"dp.", dotted, 40, mixture, "dp.¦pt.Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6", "dp.is.short.for.depth.pass.in.a.render.of.1920"},
		{"dckr_pat_", dashed, 20, mixture, "dck¦r_pat_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As", "dckr_pat_the_friendly_whale"},
		{"dt0c01.", dotted, 80, mixture, "dt0¦c01.FAKE8KD0LQ2WM4XN6BV8CZ1A.FAKE8KD0LQ2WM4XN6BV8CZ1AS3DF5GH7JK9LZ2XC4VB6NM8QW0ER1TY3UI5OP7", "dt0c01.style"},
		{"dnkey-", dashed, 60, mixture, "dnk¦ey-fakewhr7pecorugrtpn227bqey-hbs521u6p8gszner35vfbdfi0m1bbhunnga1slisl0gtl0yger7t", "dnkey-style-of-a-name-that-is-as-long-as-it-has-to-be-to-get-here"},
		{"duffel_", dashed, 40, mixture, "duf¦fel_live_FakeQ2uKwRuHCvm1EQeZI4SmeN23xgT1cQgQoLdSJMV", "duffel_bag_on_the_floor_of_an_airport_in_1975"},
	},
	'e': {
		{"eyJrIjoi", dashed, 60, mixture, "eyJ¦rIjoiFake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6Nm8Qw0Er1Ty3Ui5Op", "eyJrIjoi is how some tokens begin"},
		{"e2b_", hexadecimal, 40, exact, "e2b¦_fa15efcc6065083cc7165afe0213f841b209b22e", "e2b_style"},
	},
	'f': {
		{"fm2_", encoded, 40, mixture, "fm2¦_Fake8Kd0+Lq2Wm4Xn6/Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6", "fm2_radio_waves_over_a_city_of_the_nineteen_fifties"},
		{"fio-u-", dashed, 40, mixture, "fio¦-u-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4", "fio-u-style"},
		{"fw_", letters, 20, mixture, "fw_¦Fake8Kd0Lq2Wm4Xn6Bv8C", "fw_fireworks_over_sydney_2024"},
		{"fo1_", dashed, 40, mixture, "fo1¦_FakegIzgOnWmhEOjbyJkAVuyuZlyFAbFbdGFAM37FxP", "fo1_style"},
		{"figd_", dashed, 36, mixture, "fig¦d_FakeynYtyoWF29zgeh6NZ4xGBA2TXCeO48mOt71E", "figd_rawings_of_fig_trees_in_the_old_garden"},
		{"fc-", hexadecimal, 32, exact, "fc-¦fad35b554afa8050933ff27d9b7501ae", "fc-barcelona"},
		{"fm1a_", encoded, 40, mixture, "fm1¦a_FakeW7hipTgadDZFlRJmCGmUXiAPyhzAnar3ZLt4bnlz2MPKgcjnCqaXNv1s", "fm1a_radio"},
		{"fm1r_", encoded, 40, mixture, "fm1¦r_FakeyeefnLOpaMxxNDi9LE1Ki3ylOjt6o0NpUmkVO8JmR8y4EMfAdggcG9qp", "fm1r_radio"},
	},
	'g': {
		{"ghp_", letters, 20, mixture, "ghp¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "ghp_style_of_gouache_painting_2024_v2_final"},
		{"gho_", letters, 20, mixture, "gho¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "gho_st_ship_in_the_fog_1890"},
		{"ghu_", letters, 20, mixture, "ghu¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "ghu_portrait_2024"},
		{"ghs_", letters, 20, mixture, "ghs¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "ghs_portrait_2024"},
		{"ghr_", letters, 20, mixture, "ghr¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "ghr_portrait_2024"},
		{"github_pat_", dashed, 20, mixture, "git¦hub_pat_11FAKE8Kd0Lq2Wm4Xn6Bv8C_z1As3Df5Gh7Jk9Lz2Xc4Vb6", "github_pat_the_octopus_mascot_v2"},
		{"glpat-", dashed, 16, mixture, "glp¦at-Fake8Kd0Lq2Wm4Xn6Bv8", "glpat-terned-wallpaper-1920"},
		{"gldt-", dashed, 16, mixture, "gld¦t-Fake8Kd0Lq2Wm4Xn6Bv8", "gldt-golden-hour-landscape-2"},
		{"glrt-", dashed, 16, mixture, "glr¦t-Fake8Kd0Lq2Wm4Xn6Bv8", "glrt-gallery-exhibition-2"},
		{"glc_", encoded, 32, mixture, "glc¦_eyFake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6", "glc_glacier_lagoon_2024"},
		{"glsa_", dashed, 32, mixture, "gls¦a_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7_0f1e2d3c", "glsa_glass_sculpture_of_a_dolphin_number_12"},
		{"gsk_", letters, 20, mixture, "gsk¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "gsk_ghibli_style_kodak_portra_400_film_v1"},
		{"glcbt-", dashed, 18, mixture, "glc¦bt-FakeTMHJuQtTL0jrpMFnHU", "glcbt-style-of-glass"},
		{"glffct-", dashed, 18, mixture, "glf¦fct-FakeB91NTZVgCcp9Qein", "glffct-style-of-glass"},
		{"glft-", dashed, 18, mixture, "glf¦t-FakeWNWICsUs6j8r6O2N", "glft-style-of-a-glass"},
		{"glimt-", dashed, 18, mixture, "gli¦mt-Fakezzohmbte9KmWjLuh2ziTB", "glimt-style-of-glass"},
		{"glagent-", dashed, 18, mixture, "gla¦gent-FakeBmlWJIbCEiU9rjS1XLjVs9xsGujSCq6VbMoKCLoFeZb3ii", "glagent-style-of-glass"},
		{"gloas-", dashed, 18, mixture, "glo¦as-FakeYXlp17YQG6NxWIEQrG6AXYUlPlHmqS7Ra5IIq41ISsqyx28BjgiQJPahjIQT", "gloas-style-of-glass"},
		{"glsoat-", dashed, 18, mixture, "gls¦oat-FakebvYF19WB5fOepEf4", "glsoat-style-of-glass"},
		{"glptt-", hexadecimal, 40, exact, "glp¦tt-9714e2b4b12060e6ef06174d54e9019117cbf49b", "glptt-style-of-glass"},
	},
	'h': {
		{"hf_", letters, 20, mixture, "hf_¦FakeQwErTyUiOp8AsDfGhJk", "hf_realistic_vision_v51"},
		{"hvs.", dashed, 24, mixture, "hvs¦.FakeCAESIJ8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7", "hvs.human-visual-system-illustration-1"},
		{"hvb.", dashed, 24, mixture, "hvb¦.FakeCAESIJ8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7", "hvb.human-visual-system-illustration-1"},
		{"hf_", letters, 34, exact, "hf_¦fakeqwertyuiopasdfghjklzxcvbnmqwer", "hf_filmgrain"},
	},
	'i': {
		{"ico-", letters, 32, mixture, "ico¦-Fakes5Js6CyVk0Xi1Mqa9rQLgQe1FYta", "ico-n-of-a-house"},
	},
	'j': {
		{"jina_", letters, 50, mixture, "jin¦a_fa9eec48ba4d2459b6b22c5aba59002bZ09gklLFQK8eW79hlPER4VoNY1Qt", "jina_style"},
	},
	'k': {
		{"key-", hexadecimal, 32, exact, "key¦-0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "key-visual-anime-poster-2024-masterpiece-v3"},
		{"key_", hexadecimal, 128, exact, "key¦_fac7f79b7aecca9ed085ebcc042eb928f7f24729415c8075361a2381954d42b04d469f2c558c9ca5c1d080942530770f5eca563fb9d1689fa27a31afb251f716", "key_visual_2026"},
	},
	'l': {
		{"lin_api_", letters, 30, mixture, "lin¦_api_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2X", "lin_api_style_2024"},
		{"lsv2_pt_", dashed, 40, mixture, "lsv¦2_pt_fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3c_0f1e2d3c4b", "lsv2_pt_style_of_a_long_name_that_goes_on_and_on_12"},
		{"luma-", dashed, 60, mixture, "lum¦a-fa4e05c3-fffc-40a2-9a14-a02aed285ffe-2a4930278010f46b7b9cc15df2996da5", "luma-lit portrait"},
		{"llx-", letters, 40, mixture, "llx¦-FakenbE4B7rvW6A8O71AuWNnqrGfbzqMsR6PiNWuf7YkNfSn", "llx-lounge"},
	},
	'n': {
		{"npm_", letters, 20, mixture, "npm¦_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "npm_neon_punk_mix_2077_cyber_city_lights_v4"},
		{"ntn_", letters, 40, mixture, "ntn¦_12345678901Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7", "ntn_night_train_to_nowhere_1950"},
		{"nvapi-", dashed, 20, mixture, "nva¦pi-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "nvapi-navy-patrol-illustration-1942"},
		{"nfp_", letters, 36, mixture, "nfp¦_Fake77qQn4PFWhPvaDKnkfpH1ghZus3KLQj6", "nfp_style"},
	},
	'o': {
		{"ops_eyJ", encoded, 100, mixture, "ops¦_eyJFakeuQ9mTeAjLxBsQOL5r49t1BKh3OTQUZWZK4QXyKAJjddRv1eoUuoLUkJsnDgZjqlJy9dNgHysZVxbiUVNtEFOowPyYKPta99OVFLDuDFoeYNuQcVgA9Lpjobm3pbURv9Kn7JekXs1I9ecdLdrhfmmTicndxGeC965rdMHWfAYb48U1DuMI4yH76jb8i7w3AHIlvMI9OxxQBWtD9CxMCMO8mNNhwALdQeW1XW65VPSBpcGKl9C0374Nz", "ops_eyJ"},
		{"oy2", letters, 43, exact, "oy2¦fakeelblnqcuvxkknddkdq5gmiz4858ux1zccljwosp", "oy2_style"},
	},
	'p': {
		{"pypi-", dashed, 50, mixture, "pyp¦i-AgEIcHlwaS5vcmcFake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6", "pypi-python-package-illustration-with-snakes-and-boxes-v3"},
		{"pplx-", letters, 30, mixture, "ppl¦x-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6Nm8Q", "pplx-people-in-a-crowd-1977"},
		{"pat", dotted, 60, mixture, "pat¦Fake8Kd0Lq2Wm.0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "pattern-of-leaves-and-vines-on-an-old-wallpaper-of-the-year-1890"},
		{"pcsk_", dashed, 40, mixture, "pcs¦k_Fake8_Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb6", "pcsk_pencil_sketch_of_a_cat_sleeping_on_the_sofa_2"},
		{"pscale_", dotted, 32, mixture, "psc¦ale_tkn_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "pscale_photo_at_a_very_small_scale_12"},
		{"pul-", hexadecimal, 40, exact, "pul¦-0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1", "pul-p-fiction-poster-1994"},
		{"p8e-", letters, 32, mixture, "p8e¦-fakezsxvl4vt45a4bq8fvgb1xalxwxvr", "p8e-style"},
		{"pnu_", letters, 36, mixture, "pnu¦_Fake9U6v5877QYKm0OqT169iFFqeEyFrMHWY", "pnu_style"},
		{"phx_", letters, 40, mixture, "phx¦_FakexK3m8NRwyxITh8omwlInbbhms0SUu8IF8c8tZUZ", "phx_suns_jersey"},
		{"phc_", letters, 40, mixture, "phc¦_FakezkiyNDwwaCSiCbVY7UTAnhvsMJd5fEkRHdl1NpM", "phc_style"},
	},
	'r': {
		{"r8_", letters, 20, mixture, "r8_¦Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz", "r8_style_vector_painting_1"},
		{"rk_live_", letters, 10, digit, "rk_¦live_Fake8Kd0Lq2Wm4", "rk_live_show"},
		{"rk_test_", letters, 10, digit, "rk_¦test_Fake8Kd0Lq2Wm4", "rk_test_shot"},
		{"rdme_", letters, 60, mixture, "rdm¦e_fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d", "rdme_style"},
		{"rubygems_", hexadecimal, 48, exact, "rub¦ygems_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5", "rubygems_and_diamonds_1"},
		{"rk_prod_", letters, 10, digit, "rk_¦prod_Fake3UO2PD1IjQ", "rk_prod_shot"},
		{"re_", dashed, 32, mixture, "re_¦FakevMbU_QbyBoZLiNcilMsoBVuIOxkUw", "re_imagined_Dragon2024Art"},
		{"rpa_", letters, 40, mixture, "rpa¦_FAKE8WQV8C8JXM54HEMKJ9ID8WFDJ8LQDS4RN4S7acegaa", "rpa_robot_automation"},
		{"rzp_live_", letters, 14, digit, "rzp¦_live_Fake1wHM262xem", "rzp_live_show"},
		{"rzp_test_", letters, 14, digit, "rzp¦_test_Fake2BRfZBY6cs", "rzp_test_shot"},
	},
	's': {
		{"sk_live_", letters, 10, digit, "sk_¦live_Fake8Kd0Lq2Wm4", "sk_live_action"},
		{"sk_test_", letters, 10, digit, "sk_¦test_Fake8Kd0Lq2Wm4", "sk_test_pattern"},
		{"sk_", letters, 32, mixture, "sk_¦0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5", "sk_landscape_watercolor_1800_impressionist_v10"},
		{"sk-", dotted, 16, mixture, "sk-¦proj-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "sk-8-style-art-deco-2024-v2"},
		{"sb_secret_", dashed, 20, mixture, "sb_¦secret_Fake8Kd0Lq2Wm4Xn6Bv8C_z1As3Df5", "sb_secret_garden_of_the_queen_1"},
		{"sbp_", hexadecimal, 40, exact, "sbp¦_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1", "sbp_style"},
		{"shpat_", hexadecimal, 32, exact, "shp¦at_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "shpat_style"},
		{"shpca_", hexadecimal, 32, exact, "shp¦ca_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "shpca_style"},
		{"shppa_", hexadecimal, 32, exact, "shp¦pa_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "shppa_style"},
		{"shpss_", hexadecimal, 32, exact, "shp¦ss_0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3", "shpss_style"},
		{"secret_", letters, 43, mixture, "sec¦ret_Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb", "secret_garden_behind_the_wall_at_dawn_1911_illustration"},
		{"sntrys_", encoded, 60, mixture, "snt¦rys_eyFake8Kd0Lq2Wm4Xn6Bv8Cz1As3=_Df5Gh7Jk9Lz2Xc4Vb6Nm8Qw0/Er1Ty3Ui5Op", "sntrys_style"},
		{"sq0csp-", dashed, 40, mixture, "sq0¦csp-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb", "sq0csp-style"},
		{"sha256~", dashed, 40, mixture, "sha¦256~Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9Lz2Xc4Vb", "sha256~style"},
		{"sk_prod_", letters, 10, digit, "sk_¦prod_FakezjZK1pA3VU", "sk_prod_uction"},
		{"s-s4t2ud-", hexadecimal, 64, exact, "s-s¦4t2ud-6c8f5501419bf4149b87a7178d32506afcb476de8d6e7916ae6315168d022507", "s-s4t2ud-style"},
		{"s-s4t2af-", hexadecimal, 64, exact, "s-s¦4t2af-2322208bb5ec1d5f6ea2b5991661a7e38d6315f35645d282760ee88e4ebf7342", "s-s4t2af-style"},
		{"s.", letters, 24, exact, "s.F¦akeFake35pEKmP43hIhlawq", "s.photo"},
		{"sat.", dotted, 60, mixture, "sat¦.FakeSzBSYLqX45mDEmMwgv.8b44fbe5ab768873f4f88e56.Fake7nTwBhdRB2XAx7Yw", "sat.urn.with.its.rings.seen.from.a.moon.in.the.year.2100.and.one"},
		{"sl.", dotted, 100, mixture, "sl.¦FakeIniRjFIYwg2kmLiXMJ0BygGeGm4bTqg86Zxl4hvfAnFdl3lmXPWUGsrBp8HyKvPtS5kNzOkeyCTNY0qd1Q62uDLNlFFYLibsnJNkb5TzGF4E1VyfJO0g7EEZPgSeM3jyuVlb5lmU", "sl.style"},
		{"sm_aat_", letters, 16, mixture, "sm_¦aat_Fake8KFakeuKcIvO", "sm_aat_style"},
		{"sm_pat_", letters, 16, mixture, "sm_¦pat_Fake8KFakeJadeQ4", "sm_pat_style"},
		{"sm_sat_", letters, 16, mixture, "sm_¦sat_Fake8KFakeXsYWEn", "sm_sat_style"},
		{"sntryu_", hexadecimal, 64, exact, "snt¦ryu_16f0ed162edf06727c547acb2f16dc40aa68b37f9ebc5021a9e11f559ca168fc", "sntryu_style"},
		{"shippo_live_", hexadecimal, 40, exact, "shi¦ppo_live_162f465fa3f3e414c77844088bf6ce93f1b74a00", "shippo_live_shot"},
		{"shippo_test_", hexadecimal, 40, exact, "shi¦ppo_test_4d0adcb72b5431bc1a984271932d393e744b3a8d", "shippo_test_shot"},
		{"sq0atp-", dashed, 22, mixture, "sq0¦atp-FakeEN41lwfsLWptilR4xf", "sq0atp-style"},
		{"squ_", hexadecimal, 40, exact, "squ¦_fa665622009d22a561124d43aa84320518d9b4be", "squ_style"},
		{"sqp_", hexadecimal, 40, exact, "sqp¦_fa7e5f068ea595a9a6f98b5a37a65e391010577b", "sqp_style"},
		{"sqa_", hexadecimal, 40, exact, "sqa¦_facc7ed92a1351d0c5d17bab40bb3c6fbd2c52ec", "sqa_style"},
		{"sgp_", dashed, 40, mixture, "sgp¦_fa6029344eebdac9_c3ac2fdb75d93a175f7bded3f0dbf864ab48f4fc", "sgp_style"},
		{"sk.eyJ", dotted, 40, mixture, "sk.¦eyJFakeioEJP2NNern66nVberACpdclsxHKifxi5CvQUSHL8iLc7b.FakeE6wSt9cbMOeEeUtuie", "sk.eyJ"},
	},
	't': {
		{"tvly-", dashed, 24, mixture, "tvl¦y-dev-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh", "tvly-travel-poster-of-the-alps-1935"},
		{"t1.", dotted, 80, mixture, "t1.¦Fake3oHmAKmCE4OWgchN4lov0YtcLMfmVT0yc3HA.Fake8lDVZQ4PTTuF5IlDEUy7kVk2MLOtb9LNDlCuzAUB9bcQtXMiOxaPv1lR5qO40GV8DAvFEmrmD61qZLOik9", "t1.style"},
		{"tfp_", dotted, 50, mixture, "tfp¦_FakeF0mt5PWc4laIQZMcTYdxzQWf28ymmhOufsojIXNlu7ja3q9QchST2TW", "tfp_style"},
		{"tk-us-", dashed, 40, mixture, "tk-¦us-FakeMQLSGTDS9brlMxc312HZLZGdmdODBjflir1mNCGDUfhO", "tk-us-style"},
		{"tskey-", dashed, 24, mixture, "tsk¦ey-auth-kFakeKYI2jkaqCNTRL-VEwNG0W8Y5cVZQBqLNSl4PIl2bD9R3Kt", "tskey-style-of-a-long-name-of-2024"},
		{"tgp_v1_", dashed, 40, mixture, "tgp¦_v1_Fakeica0oXvju0u1CKorYdQecChUVOpoEZIeINklma2", "tgp_v1_style"},
	},
	'v': {
		{"vercel_blob_rw_", dashed, 30, mixture, "ver¦cel_blob_rw_Fake8Kd0Lq2Wm4Xn6_Bv8Cz1As3Df5Gh7Jk9Lz2", "vercel_blob_rw_is_how_the_tokens_begin_1"},
		{"v1.0-", dashed, 100, mixture, "v1.¦0-978ac333e566046b4950ba83-26b9c6a9c82c3a0f3b45deb2c5ffcaed6f8334f95ec30910201dc9ac34e3de641f08121c51c2a67b83801a4b0ef5e331c852ec6ba0597c113a014b995b234c8668f044d9a0c5ccc634", "v1.0-alpha-2"},
		{"vck_", letters, 40, mixture, "vck¦_FakemGYmo9aGEuwqKzKiTW66vQOShNqqgd3v5Td4XyenTpdFUyxe82WO", "vck_style"},
		{"vcp_", letters, 40, mixture, "vcp¦_FakeT3f2jU50CTUBG0y6SgkjckODI37HE2Cx8KBp2OqrKarzSKv4SsY7", "vcp_style"},
	},
	'w': {
		{"whsec_", encoded, 16, digit, "whs¦ec_Fake8Kd/0Lq2Wm4+Xn6Bv8==", "whsec_white_section"},
	},
	'x': {
		{"xoxa-", dashed, 10, digit, "xox¦a-123456789012-Fake8Kd0", "xoxa-kisses"},
		{"xoxb-", dashed, 10, digit, "xox¦b-123456789012-Fake8Kd0", "xoxb-kisses"},
		{"xoxe-", dashed, 10, digit, "xox¦e-123456789012-Fake8Kd0", "xoxe-kisses"},
		{"xoxp-", dashed, 10, digit, "xox¦p-123456789012-Fake8Kd0", "xoxp-kisses"},
		{"xoxr-", dashed, 10, digit, "xox¦r-123456789012-Fake8Kd0", "xoxr-kisses"},
		{"xoxs-", dashed, 10, digit, "xox¦s-123456789012-Fake8Kd0", "xoxs-kisses"},
		{"xapp-", dashed, 10, digit, "xap¦p-1-A0FAKE-123456789012-0fa8e0d1", "xapp-style"},
		{"xai-", letters, 20, mixture, "xai¦-Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3Df5Gh7Jk9L", "xai-portrait-photography-realism-v12-beta"},
		{"xkeysib-", dashed, 60, mixture, "xke¦ysib-0fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d30fa8e0d1c2b3a4f5e6d7c8b9a0f1e2d3-Fake8Kd0", "xkeysib-style"},
		{"xoxo-", dashed, 10, digit, "xox¦o-123456789012-Fake8Kd0", "xoxo-kisses"},
	},
	'y': {
		{"ya29.", dotted, 16, mixture, "ya2¦9.Fake8Kd0Lq2Wm4Xn6Bv8Cz1As3", "ya29.style-of-a-car-poster"},
	},
}
