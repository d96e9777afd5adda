package dev.odometer.door.http;

import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Represented.Document;

/** Replies with documents. */
final class DocumentReply {

    /** A document contains texts of clients. If one got past the escaping, browsers would neither run it nor load from it. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'; sandbox";

    private DocumentReply() {}

    static HttpReply of(int status, String type, Document document) {
        boolean isPage = type.equals(MediaTypes.HTML);
        // Browsers show a page or a PDF, and save other types.
        String disposition = isPage || type.equals(MediaTypes.PDF) ? "inline" : "attachment";
        Headers headers = Headers.of(
                "Content-Type",
                // The declaration of an XML document has its charset.
                isPage ? type + ";charset=utf-8" : type,
                "Content-Disposition",
                disposition + "; filename=" + safe(document.fileName()));
        return new HttpReply(
                status, isPage ? headers.with("Content-Security-Policy", POLICY) : headers, document.content());
    }

    /** Characters that are unsafe in a header value are replaced by underscores. */
    static String safe(String fileName) {
        return fileName.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
