package dev.kutip;

import dev.kutip.v1.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Gathers documents to batches of a bounded number and size; reads one document ahead. */
final class BatchIterator implements Iterator<List<Document>> {
  /** UTF-8 in a batch; one text that is larger travels alone. */
  private static final int MAX_BYTES = 1 << 20;

  private final Iterator<Document> documents;
  private final int maxDocuments;
  private Document ahead;

  BatchIterator(Iterator<Document> documents, int maxDocuments) {
    this.documents = documents;
    this.maxDocuments = maxDocuments;
  }

  @Override
  public boolean hasNext() {
    return ahead != null || documents.hasNext();
  }

  @Override
  public List<Document> next() {
    if (!hasNext()) throw new NoSuchElementException();
    List<Document> batch = new ArrayList<>();
    long bytes = 0;
    while (hasNext() && batch.size() < maxDocuments) {
      Document document = ahead != null ? ahead : documents.next();
      ahead = null;
      bytes += document.getSerializedSize();
      if (bytes > MAX_BYTES && !batch.isEmpty()) {
        ahead = document;
        break;
      }
      batch.add(document);
    }
    return batch;
  }
}
