package com.example.orders;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stores each dead letter as a file: the reason, an empty line and the message. The name is that of the content, so that
 * a message that is delivered again replaces its file.
 */
final class DeadLetterFiles implements DeadLetters {

    private final FileStore files;
    private final String container;

    DeadLetterFiles(FileStore files, String container) {
        this.files = files;
        this.container = container;
    }

    @Override
    public void store(List<DeadLetter> items) {
        for (DeadLetter item : items) {
            var name = new FileName(container, item.channel() + "/" + item.contentDigest() + ".txt");
            files.write(name, "text/plain", out -> {
                out.write((item.reason() + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.write(item.body());
            });
        }
    }
}
