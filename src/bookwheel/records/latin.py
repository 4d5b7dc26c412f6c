"""Letters of the Latin script, and signs, written in ASCII as ICU's transliterator "Latin-ASCII" writes them.

Accents are taken off by decomposition; the table holds what has none: ø, ß, æ, curly quotes, ligatures, fractions.
Source: Unicode CLDR transform Latin-ASCII as of ICU 72.1, read out code point by code point. The one difference:
accents that follow no Latin letter keep their order here, where ICU brings them into canonical order.
"""

import re
import unicodedata

_ROWS = """
␣0/3:↉ ␣1/:⅟ ␣1/10:⅒ ␣1/2:½ ␣1/3:⅓ ␣1/4:¼ ␣1/5:⅕ ␣1/6:⅙ ␣1/7:⅐ ␣1/8:⅛ ␣1/9:⅑ ␣2/3:⅔ ␣2/5:⅖ ␣3/4:¾
␣3/5:⅗ ␣3/8:⅜ ␣4/5:⅘ ␣5/6:⅚ ␣5/8:⅝ ␣7/8:⅞ !:¡︕﹗！ !!:‼ !?:⁉ ":ʺ“”‟″〝〞＂ #:﹟＃ $:﹩＄ %:﹪％
&:﹠＆ ':ʹʻʼʽˈʹ‘’‛′＇ 'n:ŉ (:︵﹙（ ((:⦅｟ (1):⑴ (10):⑽ (11):⑾ (12):⑿ (13):⒀ (14):⒁ (15):⒂
(16):⒃ (17):⒄ (18):⒅ (19):⒆ (2):⑵ (20):⒇ (3):⑶ (4):⑷ (5):⑸ (6):⑹ (7):⑺ (8):⑻ (9):⑼ (A):🄐
(B):🄑 (C):©🄒 (D):🄓 (E):🄔 (F):🄕 (G):🄖 (H):🄗 (I):🄘 (J):🄙 (K):🄚 (L):🄛 (M):🄜 (N):🄝 (O):🄞 (P):℗🄟
(Q):🄠 (R):®🄡 (S):🄢 (T):🄣 (U):🄤 (V):🄥 (W):🄦 (X):🄧 (Y):🄨 (Z):🄩 (a):⒜ (b):⒝ (c):⒞ (d):⒟ (e):⒠
(f):⒡ (g):⒢ (h):⒣ (i):⒤ (j):⒥ (k):⒦ (l):⒧ (m):⒨ (n):⒩ (o):⒪ (p):⒫ (q):⒬ (r):⒭ (s):⒮ (t):⒯
(u):⒰ (v):⒱ (w):⒲ (x):⒳ (y):⒴ (z):⒵ ):︶﹚） )):⦆｠ *:×⁎﹡＊ +:˖﹢＋ +/-:± ,:‚、︐︑﹐﹑，､ ,,:„
-:˗‐‑‒–—―−︱︲﹘﹣－ ->:→￫ .:․。︒﹒．｡ ..:‥︰ ...:…︙ /:÷⁄∕／ 0:〇０ 0,:🄁 0.:🄀 1:１ 1,:🄂
1.:⒈ 10.:⒑ 11.:⒒ 12.:⒓ 13.:⒔ 14.:⒕ 15.:⒖ 16.:⒗ 17.:⒘ 18.:⒙ 19.:⒚ 2:２ 2,:🄃 2.:⒉ 20.:⒛ 3:３
3,:🄄 3.:⒊ 4:４ 4,:🄅 4.:⒋ 5:５ 5,:🄆 5.:⒌ 6:６ 6,:🄇 6.:⒍ 7:７ 7,:🄈 7.:⒎ 8:８ 8,:🄉 8.:⒏ 9:９
9,:🄊 9.:⒐ ::ː︓﹕： ::=:⩴ ;:;︔﹔； <:˂‹〈〈︿﹤＜ <-:←￩ <->:↔ <<:«≪《︽ =:﹦＝ ==:⩵ ===:⩶
>:˃›〉〉﹀﹥＞ >>:»≫》︾ ?:¿︖﹖？ ?!:⁈ ??:⁇ @:﹫＠ A:ȺᴀÅＡ A/m:㏟ AA:Ꜳ AE:Æᴁ AO:Ꜵ AU:㍳Ꜷ AV:ꜸꜺ AY:Ꜽ
B:ƁƂɃʙᴃℬＢ Bq:㏃ C:ƇȻᴄℂℭⅭꞒＣ C/kg:㏆ CE:₠ Co.:㏇ Cr:₢ D:ÐĐƉƊƋᴅᴆⅅⅮꝹＤ DZ:ǄǱ Dz:ǅǲ E:ƐɆᴇℰＥ F:ƑℱꜰꝻＦ FAX:℻
Fr.:₣ G:ƓǤɢʛꞠＧ GB:㎇ GHz:㎓ GPa:㎬ Gy:㏉ H:ĦʜℋℍⱧꞪＨ HP:㏋ Hz:㎐ I:ƖƗɪᵻℐℑⅠＩ II:Ⅱ III:Ⅲ IJ:Ĳ IU:㍺
IV:Ⅳ IX:Ⅸ J:ɈᴊＪ K:ƘᴋKⱩꝀꝂꝄꞢＫ KB:㎅ KK:㏍ KM:㏎ L:ĿŁȽʟᴌℒⅬⱠⱢꝆꝈＬ L.:₤ LJ:Ǉ LL:Ỻ Lj:ǈ M:ᴍℳⅯⱮＭ MB:㎆
MHz:㎒ MPa:㎫ MV:㎹ MW:㎿ N:ŊƝɴℕꞐꞤＮ NJ:Ǌ Nj:ǋ No:№ O:ØᴏꝊꝌＯ OE:Œɶ OI:Ƣ OO:Ꝏ P:Ƥᴘ℘ℙⱣꝐꝒꝔＰ PPM:㏙ PR:㏚
Pa:㎩ Pts:₧ Q:ℚꝖꝘＱ R:ɌʀℛℜℝⱤꝶꞦＲ Rs:₹ Rx:℞ S:ⱾꜱꞨＳ SS:ẞ Sv:㏜ T:ŦƬƮȾᴛꞆＴ TEL:℡ TH:ÞꝤꝦ THz:㎔ TL:₺
U:ɄᴜᵾＵ V:ƲᴠỼⅤꝞＶ V/m:㏞ VI:Ⅵ VII:Ⅶ VIII:Ⅷ VY:Ꝡ W:ᴡⱲＷ Wb:㏝ X:ⅩＸ XI:Ⅺ XII:Ⅻ Y:ƳɎʏỾＹ Z:ƵȤᴢℤℨⱫⱿＺ
[:⁅〔〘〚︹﹇﹝［ \\:∖﹨＼ ]:⁆〕〙〛︺﹈﹞］ ^:˄ˆ＾ _:＿ `:ˋ｀ a:ᶏẚⱥａ a.m.:㏂ a/c:℀ a/s:℁ aa:ꜳ ae:æ
ao:ꜵ au:ꜷ av:ꜹꜻ ay:ꜽ b:ƀƃɓᵬᶀｂ bar:㍴ c:ƈȼɕⅽꞓｃ c/o:℅ c/u:℆ cal:㎈ cc:㏄ cd:㏅ cm:㎝ d:ðđƌȡɖɗᵭᶁᶑⅆⅾꝱꝺｄ
dB:㏈ da:㍲ db:ȸ dm:㍷ dz:ǆǳʣʥ e:ɇɛᶒᶓℯⅇⱸｅ f:ƒᵮᶂꝼｆ ff:ﬀ ffi:ﬃ ffl:ﬄ fi:ﬁ fl:ﬂ fm:㎙ g:ǥɠɡᶃℊꞡｇ
h:ħɦɧℎⱨｈ hPa:㍱ ha:㏊ hv:ƕ i:ıɨᶖℹⅈⅰｉ ii:ⅱ iii:ⅲ ij:ĳ in:㏌ iv:ⅳ ix:ⅸ j:ȷɉɟʝⅉｊ k:ƙᶄⱪꝁꝃꝅꞣｋ kA:㎄
kHz:㎑ kPa:㎪ kV:㎸ kW:㎾ kcal:㎉ kg:㎏ km:㎞ kt:㏏ l:ŀłƚȴɫɬɭᶅℓⅼⱡꝇꝉꝲｌ lj:ǉ ll:ỻ lm:㏐ ln:㏑ log:㏒
ls:ʪ lx:㏓ lz:ʫ m:ɱᵯᶆⅿꝳｍ m/s:㎧ mA:㎃ mV:㎷ mW:㎽ mb:㏔ mg:㎎ mil:㏕ mm:㎜ mol:㏖ ms:㎳ n:ŋƞȵɲɳᵰᶇꝴꞑꞥｎ
nA:㎁ nF:㎋ nV:㎵ nW:㎻ nj:ǌ nm:㎚ ns:㎱ o:øℴⱺꝋꝍｏ oV:㍵ oe:œ oi:ƣ oo:ꝏ p:ƥᵱᵽᶈꝑꝓꝕｐ p.m.:㏘ pA:㎀ pF:㎊
pH:㏗ pV:㎴ pW:㎺ pc:㍶ ps:㎰ q:ĸʠꝗꝙｑ qp:ȹ r:ɍɼɽɾᵲᵳᶉꝵꞧｒ rad:㎭ rad/s:㎮ s:ſȿʂᵴᶊẜẝꞩｓ sr:㏛ ss:ß st:ﬅﬆ
t:ŧƫƭȶʈᵵⱦꝷꞇｔ th:þᵺꝥꝧ ts:ʦ u:ʉᶙｕ ue:ᵫ v:ʋᶌỽⅴⱱⱴꝟｖ vi:ⅵ vii:ⅶ viii:ⅷ vy:ꝡ w:ⱳｗ x:ᶍℌⅹｘ xi:ⅺ xii:ⅻ
y:ƴɏỿｙ z:ƶȥɀʐʑᵶᶎⱬｚ {:︷﹛｛ |:∣｜ ||:‖∥ }:︸﹜｝ ~:˜～
"""
"""`ASCII:characters`, separated by blanks; ␣ stands for a blank in the ASCII part."""


def _table() -> dict[int, str]:
    table = {ord(blank): " " for blank in _BLANKS} | {0xAD: "-"}
    for row in _ROWS.split():
        ascii_, _, characters = row.rpartition(":")
        table |= {ord(character): ascii_.replace("␣", " ") for character in characters}
    return table


_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3000"
_TABLE = _table()
# Letters of the Latin script and digits (general category L or N), as ICU 72.1 knows them.
_LATIN = (
    "0-9A-Za-zªºÀ-ÖØ-öø-ʸˠ-ˤᴀ-ᴥᴬ-ᵜᵢ-ᵥᵫ-ᵷᵹ-ᶾḀ-ỿⁱⁿₐ-ₜKÅℲⅎⅠ-ↈⱠ-Ɀ\ua722-\ua787\ua78b-\ua7ca\ua7d0\ua7d1\ua7d3"
    "\ua7d5-\ua7d9\ua7f2-\ua7ff\uab30-\uab5a\uab5c-\uab64\uab66-\uab69ﬀ-ﬆＡ-Ｚａ-ｚ"
)
# Marks that belong to no script of their own and so are dropped after a Latin letter.
_MARK = (
    "\u0300-\u036f\u0485\u0486\u064b-\u0655\u0670\u0951-\u0954\u1ab0-\u1abd\u1abf-\u1ace\u1cd0-\u1cd2\u1cd4-\u1ce0"
    "\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8\u1cf9\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u302a-\u302d\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2d"
)
_WORD = re.compile(f"[{_LATIN}][{_LATIN}{_MARK}]*")
_MARKS = re.compile(f"[{_MARK}]+")


def to_ascii(text: str) -> str:
    """Latin letters, digits and common signs in ASCII; other scripts stay as they are.

    >>> to_ascii("Œuvres d’Éluard, ½ Straße")
    "OEuvres d'Eluard,  1/2 Strasse"
    """
    if text.isascii():
        return text
    return _WORD.sub(_without_accents, text).translate(_TABLE)


def _without_accents(word: re.Match[str]) -> str:
    if word[0].isascii():
        return word[0]
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", word[0])))
