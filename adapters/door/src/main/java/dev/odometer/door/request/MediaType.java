package dev.odometer.door.request;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a body, see RFC 9110, 8.3.
 *
 * @param essence type and subtype in lower case
 * @param charset in lower case; absent if not specified
 */
public record MediaType(String essence, @Nullable String charset) {

    private static final Pattern FORM =
            Pattern.compile("\\s*+([!#$%&'*+.^_`|~\\w-]++/[!#$%&'*+.^_`|~\\w-]++)\\s*+(;.*)?");
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*+charset=\"?([^\";\\s]++)\"?", Pattern.CASE_INSENSITIVE);

    public static Optional<MediaType> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Matcher charset = CHARSET.matcher(text);
        return Optional.of(new MediaType(
                parts.group(1).toLowerCase(Locale.ROOT),
                charset.find() ? charset.group(1).toLowerCase(Locale.ROOT) : null));
    }

    /** Whether the charset is UTF-8, which is the default, or its subset ASCII. */
    public boolean isUtf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
    }

    /** Whether the body is JSON, including {@code +json} types. */
    public boolean isJson() {
        return essence.equals("application/json") || essence.equals("text/json") || essence.endsWith("+json");
    }
}
