package dev.odometer.documents;

/** Writes XML, and HTML that is also well-formed XML. All texts and attribute values are escaped. */
final class Markup {

    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out;

    Markup(String prologue) {
        out = new StringBuilder(prologue);
    }

    /** An element with a text. */
    Markup leaf(String tag, String text) {
        out.append('<').append(tag).append('>');
        return text(text).end(tag);
    }

    /** An element with a text and one attribute. */
    Markup leaf(String tag, Attribute attribute, String text) {
        start(tag, attribute);
        return text(text).end(tag);
    }

    /** An element with elements in it. */
    Markup in(String tag, Runnable content) {
        out.append('<').append(tag).append(">\n");
        content.run();
        return end(tag);
    }

    /** An element with an attribute, and elements in it. */
    Markup in(String tag, Attribute attribute, Runnable content) {
        start(tag, attribute);
        out.append('\n');
        content.run();
        return end(tag);
    }

    /** An attribute of an element. */
    record Attribute(String name, String value) {

        /** The CSS class of an element. */
        static Attribute style(String name) {
            return new Attribute("class", name);
        }
    }

    private void start(String tag, Attribute attribute) {
        out.append('<').append(tag).append(' ').append(attribute.name).append("=\"");
        text(attribute.value);
        out.append("\">");
    }

    private Markup end(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** Writes constant markup as it is. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Characters that XML does not allow are replaced, since names of users may contain them. */
    Markup text(String text) {
        // Not a stream, since most of the time of a long document is spent here.
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            append(text.codePointAt(i));
        }
        return this;
    }

    private void append(int character) {
        switch (character) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            default -> out.appendCodePoint(isAllowed(character) ? character : REPLACEMENT);
        }
    }

    /** See XML 1.0, section 2.2. */
    private static boolean isAllowed(int character) {
        boolean isControl = character < ' ' && character != '\t' && character != '\n' && character != '\r';
        boolean isSurrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return !isControl && !isSurrogate && character != 0xFFFE && character != 0xFFFF;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
