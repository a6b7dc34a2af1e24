"""Estimates poses; here it only proves that the model's weights came along with its base image."""
import os

import numpy
from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/health")
def health():
    weights = os.environ["POSE_WEIGHTS"]
    first = numpy.fromfile(weights, dtype=numpy.uint8, count=8)
    return jsonify(status="ok", service="pose", weights=os.path.getsize(weights), first=int(first.sum()))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
