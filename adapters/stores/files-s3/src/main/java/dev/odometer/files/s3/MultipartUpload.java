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

/** A file on its way into S3: what fits into one part is put at once, more becomes a multipart upload. */
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
        return store.http().succeed(call.header("Content-Type", contentType), name.key());
    }

    /** In an upload that has begun: whatever goes wrong, another may succeed. */
    private Reply go(String method, String query, byte[] body, int length) throws IOException {
        Call call = Call.of(method, store.uri(name, query)).body(body, length);
        // The JDK would say that a list of parts is a form.
        Reply reply = store.http().send(call.header("Content-Type", "application/xml"));
        if (!reply.isSuccess()) {
            reply.close();
            throw new IOException("the upload is answered with status " + reply.status());
        }
        return reply;
    }

    @Override
    public void part(byte[] bytes, int length) throws IOException {
        if (id == null) {
            id = begin();
        }
        if (etags.size() == MAX_PARTS - 1) {
            throw Refusal.invalid("the file is too long for S3: " + Refusal.quote(name.key()));
        }
        String query = "?partNumber=" + (etags.size() + 1) + "&uploadId=" + ObjectNames.escaped(id);
        try (Reply reply = go("PUT", query, bytes, length)) {
            etags.add(reply.required("ETag"));
        }
    }

    private String begin() throws IOException {
        try (Reply reply = succeed("POST", "?uploads=", new byte[0], 0)) {
            Matcher found = UPLOAD_ID.matcher(reply.text());
            if (!found.find()) {
                throw new IOException("the answer names no upload");
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
        // S3 begins to answer 200 before it knows whether it succeeds.
        String said = go("POST", "?uploadId=" + ObjectNames.escaped(id), list, list.length)
                .text();
        if (said.contains("<Error>")) {
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

    /** What stays, if this fails too, a lifecycle rule of the bucket removes. */
    @Override
    public void abort() {
        if (id != null) {
            try {
                go("DELETE", "?uploadId=" + ObjectNames.escaped(id), new byte[0], 0)
                        .close();
            } catch (IOException stays) {
                // Nobody sees it; what made the upload fail is what counts.
            }
        }
    }
}
