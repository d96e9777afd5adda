package dev.odometer.documents;

/** Converts pages to another format, such as PDF. Implementations are adapters. */
public interface PageConverter {

    /** The media type that it produces. */
    String mediaType();

    /** The extension of file names, without a dot. */
    String extension();

    /**
     * Converts a page.
     *
     * @param page HTML that is well-formed XML, and refers to no other resource
     */
    byte[] convert(String page);
}
