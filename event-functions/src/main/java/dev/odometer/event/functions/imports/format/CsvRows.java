package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts the records of one CSV file to events: a profile resolved against the file's header. */
public final class CsvRows {

    private static final int ABSENT = -1;
    /** Spreadsheets may fill it up to the number of columns. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("sep=(.)\\1*", Pattern.DOTALL);

    private final Profile profile;
    private final char separator;
    private final FileName file;
    private final List<String> header;
    private final int id;
    private final int subject;
    private final int time;
    private final int type;
    private final int[] data;

    /** @throws Refusal when the header lacks a column of the profile or has it more than once */
    public CsvRows(Profile profile, FileName file, RawRecord headerLine, char separator) {
        this.profile = profile;
        this.separator = separator;
        this.file = file;
        this.header = fields(text(headerLine.bytes()), separator);
        id = index(profile.id());
        subject = index(profile.subject());
        time = index(profile.time());
        type = index(profile.typeColumn());
        data = profile.data().stream()
                .mapToInt(column -> index(column.column()))
                .toArray();
    }

    /** The separator that a line {@code sep=;} names, which Excel reads before the header; empty for another line. */
    public static Optional<Character> namedSeparator(RawRecord record) {
        Matcher line = SEPARATOR_LINE.matcher(new String(record.bytes(), StandardCharsets.ISO_8859_1));
        return record.problem() == null
                        && line.matches()
                        && Profile.isSeparator(line.group(1).charAt(0))
                ? Optional.of(line.group(1).charAt(0))
                : Optional.empty();
    }

    private int index(@Nullable String column) {
        if (column == null) {
            return ABSENT;
        }
        int index = header.indexOf(column);
        if (index < 0 || header.lastIndexOf(column) != index) {
            throw Refusal.invalid("profile " + profile.name() + " requires the column " + column
                    + " exactly once in the header: " + Refusal.quote(String.join(",", header)));
        }
        return index;
    }

    /** @throws Refusal when the record cannot be an event */
    public UsageEvent event(RawRecord record) {
        List<String> fields = fields(text(record.bytes()), separator);
        if (fields.size() != header.size()) {
            throw Refusal.invalid(
                    "the record must have " + header.size() + " fields like the header, but has " + fields.size());
        }
        return new UsageEvent(
                "1.0",
                id == ABSENT ? file.container() + "/" + file.key() + "#" + record.line() : fields.get(id),
                profile.source() == null ? file.container() : profile.source(),
                profile.type() == null ? fields.get(type) : profile.type(),
                fields.get(subject),
                profile.times().read(fields.get(time)),
                null,
                null,
                data(fields));
    }

    /** An empty field is an absent member: CSV cannot distinguish the two. */
    private @Nullable Map<String, @Nullable Object> data(List<String> fields) {
        if (data.length == 0) {
            return null;
        }
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < data.length; i++) {
            String field = fields.get(data[i]);
            if (!field.isEmpty()) {
                DataColumn column = profile.data().get(i);
                members.put(column.name(), column.value(field, profile.numbers()));
            }
        }
        return members;
    }

    private String text(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        // Invalid bytes decode to U+FFFD, which is rare in valid text, so only such records are decoded again strictly.
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw Refusal.invalid(
                    "the record must be valid " + profile.encoding().label().toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The fields of a record, see https://www.rfc-editor.org/rfc/rfc4180. A quote inside an unquoted field is literal.
     */
    static List<String> fields(String record, char separator) {
        var fields = new ArrayList<String>();
        int at = 0;
        while (true) {
            if (at < record.length() && record.charAt(at) == '"') {
                at = quoted(record, at + 1, fields);
                if (at < record.length() && record.charAt(at) != separator) {
                    throw Refusal.invalid("a closing quote must be followed by the separator");
                }
            } else {
                int end = record.indexOf(separator, at);
                end = end < 0 ? record.length() : end;
                fields.add(record.substring(at, end));
                at = end;
            }
            if (at == record.length()) {
                return fields;
            }
            at++;
        }
    }

    /** Adds a quoted field; returns the index after the closing quote. */
    private static int quoted(String record, int start, List<String> fields) {
        int quote = record.indexOf('"', start);
        if (quote >= 0 && (quote + 1 == record.length() || record.charAt(quote + 1) != '"')) {
            fields.add(record.substring(start, quote));
            return quote + 1;
        }
        var field = new StringBuilder();
        int from = start;
        while (quote >= 0 && quote + 1 < record.length() && record.charAt(quote + 1) == '"') {
            field.append(record, from, quote + 1);
            from = quote + 2;
            quote = record.indexOf('"', from);
        }
        if (quote < 0) {
            throw Refusal.invalid("a quote is not closed");
        }
        fields.add(field.append(record, from, quote).toString());
        return quote + 1;
    }
}
