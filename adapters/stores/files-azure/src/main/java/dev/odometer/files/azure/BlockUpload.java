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
 * A file on its way into Blob Storage: what fits into one block is put at once, more is staged in blocks and put as their
 * list. Who puts a list takes away the blocks that others have staged for the same blob; their lists fail then, and they
 * have to write again.
 */
final class BlockUpload implements Upload {

    private static final int MAX_BLOCKS = 50_000;

    private final AzureFileStore store;
    private final FileName name;
    private final String contentType;
    /** So that two who write a blob at once do not mix their blocks. */
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
            throw Refusal.invalid("the file is too long for Blob Storage: " + Refusal.quote(name.key()));
        }
        // All of one length, as they have to be.
        String id = Base64.getEncoder()
                .encodeToString((writer + String.format("-%06d", blocks.size())).getBytes(StandardCharsets.UTF_8));
        Call call = store.call("PUT", name, "?comp=block&blockid=" + ObjectNames.escaped(id));
        if (blocks.isEmpty()) {
            store.http().succeed(call.body(bytes, length), name.key()).text();
        } else {
            go(call.body(bytes, length));
        }
        blocks.add(id);
    }

    /** In an upload that has begun: whatever goes wrong, another may succeed. */
    private void go(Call call) throws IOException {
        try (Reply reply = store.http().send(call)) {
            if (!reply.isSuccess()) {
                throw new IOException("the upload is answered with status " + reply.status());
            }
        }
    }

    @Override
    public void finish(byte[] bytes, int length) throws IOException {
        if (blocks.isEmpty()) {
            Call put = store.call("PUT", name, "")
                    .header("x-ms-blob-type", "BlockBlob")
                    .header("Content-Type", contentType);
            store.http().succeed(put.body(bytes, length), name.key()).text();
            return;
        }
        part(bytes, length);
        byte[] list = list().getBytes(StandardCharsets.UTF_8);
        Call put = store.call("PUT", name, "?comp=blocklist")
                .header("x-ms-blob-content-type", contentType)
                .header("Content-Type", "application/xml");
        go(put.body(list, list.length));
    }

    private String list() {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        // The latest, so that a list may be put again whose answer was lost: its blocks are not uncommitted any more.
        blocks.forEach(id -> xml.append("<Latest>").append(id).append("</Latest>"));
        return xml.append("</BlockList>").toString();
    }

    /** Blocks in no list are removed by the store after a week. */
    @Override
    public void abort() {}
}
