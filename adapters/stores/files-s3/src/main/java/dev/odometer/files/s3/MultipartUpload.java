package dev.odometer.files.s3;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An upload to S3. A file that fits into one part is sent by PutObject, and a larger file by a multipart upload. */
final class MultipartUpload implements Upload {

    private static final int MAX_PARTS = 10_000;
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

    private final S3FileStore store;
    private final FileName name;
    private final String contentType;
    private final List<String> etags = new ArrayList<>();
    private @Nullable String id;

    MultipartUpload(S3FileStore store, FileName name, String contentType) {
        this.store = store;
        this.name = name;
        this.contentType = contentType;
    }

    private Reply succeed(String method, String query, byte[] body, int length) {
        Call call = Call.of(method, store.uri(name, query)).body(body, length);
        return store.http().sendRequired(call.header("Content-Type", contentType), name.key());
    }

    /**
     * Sends a later call of an upload. Its failure is an {@link IOException} whatever its status is, because another
     * upload may succeed.
     */
    private Reply send(String method, String query, byte[] body, int length) throws IOException {
        Call call = Call.of(method, store.uri(name, query)).body(body, length);
        // Without this header, the JDK declares the body as a form.
        Reply reply = store.http().send(call.header("Content-Type", "application/xml"));
        if (!reply.isSuccess()) {
            reply.close();
            throw new IOException("the upload failed with status " + reply.status());
        }
        return reply;
    }

    @Override
    public void part(byte[] bytes, int length) throws IOException {
        if (id == null) {
            id = begin();
        }
        if (etags.size() == MAX_PARTS - 1) {
            throw Refusal.invalid("the file is too large for S3: " + Refusal.quote(name.key()));
        }
        String query = "?partNumber=" + (etags.size() + 1) + "&uploadId=" + ObjectNames.escaped(id);
        try (Reply reply = send("PUT", query, bytes, length)) {
            etags.add(reply.required("ETag"));
        }
    }

    private String begin() throws IOException {
        try (Reply reply = succeed("POST", "?uploads=", new byte[0], 0)) {
            Matcher found = UPLOAD_ID.matcher(reply.text());
            if (!found.find()) {
                throw new IOException("the response has no UploadId");
            }
            return found.group(1).replace("&amp;", "&");
        }
    }

    @Override
    public void finish(byte[] bytes, int length) throws IOException {
        if (id == null) {
            succeed("PUT", "", bytes, length).text();
            return;
        }
        part(bytes, length);
        byte[] list = list().getBytes(StandardCharsets.UTF_8);
        // S3 sends the status 200 before the operation completes; an error is then in the body.
        String response = send("POST", "?uploadId=" + ObjectNames.escaped(id), list, list.length)
                .text();
        if (response.contains("<Error>")) {
            throw new IOException("the upload could not be completed");
        }
    }

    private String list() {
        var xml = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        for (int i = 0; i < etags.size(); i++) {
            xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
            xml.append(etags.get(i)).append("</ETag></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString();
    }

    /** Aborts the multipart upload. If this fails too, a lifecycle rule of the bucket should delete its parts. */
    @Override
    public void abort() {
        if (id != null) {
            try {
                send("DELETE", "?uploadId=" + ObjectNames.escaped(id), new byte[0], 0)
                        .close();
            } catch (IOException ignored) {
                // Must not hide the exception that made the upload fail.
            }
        }
    }
}
