package dev.odometer.files.azure;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * An upload to Blob Storage. A file that fits into one block is sent by Put Blob. A larger file is staged in blocks,
 * which Put Block List commits. A commit deletes the blocks that other writers have staged for the same blob; their
 * commits then fail, and they must write again.
 */
final class BlockUpload implements Upload {

    private static final int MAX_BLOCKS = 50_000;

    private final AzureFileStore store;
    private final FileName name;
    private final String contentType;
    /** Distinguishes the blocks of concurrent writers of the same blob. */
    private final String writer = UUID.randomUUID().toString();

    private final List<String> blocks = new ArrayList<>();

    BlockUpload(AzureFileStore store, FileName name, String contentType) {
        this.store = store;
        this.name = name;
        this.contentType = contentType;
    }

    @Override
    public void part(byte[] bytes, int length) throws IOException {
        if (blocks.size() == MAX_BLOCKS) {
            throw Refusal.invalid("the file is too large for Blob Storage: " + Refusal.quote(name.key()));
        }
        // Azure requires that all block ids of a blob have the same length.
        String id = Base64.getEncoder()
                .encodeToString((writer + String.format("-%06d", blocks.size())).getBytes(StandardCharsets.UTF_8));
        Call call = store.call("PUT", name, "?comp=block&blockid=" + ObjectNames.escaped(id));
        if (blocks.isEmpty()) {
            store.http().sendRequired(call.body(bytes, length), name.key()).text();
        } else {
            send(call.body(bytes, length));
        }
        blocks.add(id);
    }

    /**
     * Sends a later call of an upload. Its failure is an {@link IOException} whatever its status is, because another
     * upload may succeed.
     */
    private void send(Call call) throws IOException {
        try (Reply reply = store.http().send(call)) {
            if (!reply.isSuccess()) {
                throw new IOException("the upload failed with status " + reply.status());
            }
        }
    }

    @Override
    public void finish(byte[] bytes, int length) throws IOException {
        if (blocks.isEmpty()) {
            Call put = store.call("PUT", name, "")
                    .header("x-ms-blob-type", "BlockBlob")
                    .header("Content-Type", contentType);
            store.http().sendRequired(put.body(bytes, length), name.key()).text();
            return;
        }
        part(bytes, length);
        byte[] list = list().getBytes(StandardCharsets.UTF_8);
        Call put = store.call("PUT", name, "?comp=blocklist")
                .header("x-ms-blob-content-type", contentType)
                .header("Content-Type", "application/xml");
        send(put.body(list, list.length));
    }

    private String list() {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        // Latest and not Uncommitted, so that the request can be retried after a lost response: then its blocks are
        // already committed.
        blocks.forEach(id -> xml.append("<Latest>").append(id).append("</Latest>"));
        return xml.append("</BlockList>").toString();
    }

    /** Does nothing: Azure deletes uncommitted blocks after a week. */
    @Override
    public void abort() {}
}
